package state

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"

	"xianzhi/schemas"
)

// Basis is what records depend on beside the bytes of their inputs.
type Basis struct {
	Program string            `json:"program"`
	Schema  int               `json:"schema"`
	Rules   int               `json:"rules"`
	Build   string            `json:"build"` // the versions are raised by hand, this is not
	Options map[string]string `json:"options"`
}

// NewBasis returns the basis of a run of this program. The options are all content options.
func NewBasis(options map[string]string) (Basis, error) {
	b, err := build()
	return Basis{schemas.ProgramVersion, schemas.SchemaVersion, schemas.RulesVersion, b, options}, err
}

// build tells two builds of the program apart: by revision and settings where the revision is
// all there is to it, else by the program's bytes.
var build = sync.OnceValues(func() (string, error) {
	sum := sha256.New()
	if info, ok := debug.ReadBuildInfo(); ok {
		if text := info.String(); strings.Contains(text, "vcs.revision=") && strings.Contains(text, "vcs.modified=false") {
			_, _ = io.WriteString(sum, text) // a hash takes everything
			return hex.EncodeToString(sum.Sum(nil)), nil
		}
	}
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("cannot find the program's own file: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("cannot open the program's own file: %w", err)
	}
	defer f.Close()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("cannot read the program's own file %s: %w", path, err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
})
