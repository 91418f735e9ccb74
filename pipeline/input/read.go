package input

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"

	"xianzhi/stages"
)

// MaxBytes is the size beyond which an input is rejected as too large, before and after
// decompression. The longest reports have half a megabyte; the limit bounds memory.
const MaxBytes = 64 << 20

// Content is what a file holds.
type Content struct {
	SHA256 string // of the bytes as they lie there, compressed or not
	Data   []byte // decompressed
}

var errTooLarge = errors.New("too large")

// Read reads a file whole; stdin is what Stdin stands for. A file that cannot be used comes
// back as a reject.
func (f File) Read(stdin io.Reader) (Content, *stages.Reject) {
	raw, err := f.readRaw(stdin)
	if err != nil {
		return Content{}, f.reject("", err)
	}
	sum := sha256.Sum256(raw)
	c := Content{SHA256: hex.EncodeToString(sum[:])}
	if c.Data, err = f.decompress(raw); err != nil {
		return Content{}, f.reject(c.SHA256, err)
	}
	return c, nil
}

func (f File) reject(sum string, err error) *stages.Reject {
	r := unreadable(f.Source, err)
	if errors.Is(err, errTooLarge) {
		r.Reason = stages.TooLarge
		r.Detail = fmt.Sprintf("has more than %d MiB of text: split it into one file per report", MaxBytes>>20)
	}
	r.SHA256 = sum
	return &r
}

func (f File) readRaw(stdin io.Reader) ([]byte, error) {
	if f.Path == Stdin {
		return readLimited(stdin)
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readLimited(file)
}

// decompress goes by the file's name, on standard input by the magic number.
func (f File) decompress(raw []byte) ([]byte, error) {
	is := func(suffix, magic string) bool {
		if f.Path == Stdin {
			return bytes.HasPrefix(raw, []byte(magic))
		}
		return strings.HasSuffix(strings.ToLower(f.Path), suffix)
	}
	switch {
	case is(".gz", "\x1F\x8B"):
		r, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, fmt.Errorf("the gzip data is damaged: %w", err)
		}
		return damaged("gzip", r)
	case is(".zst", "\x28\xB5\x2F\xFD"):
		r, err := zstd.NewReader(bytes.NewReader(raw), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxBytes))
		if err != nil {
			return nil, fmt.Errorf("the zstd data is damaged: %w", err)
		}
		defer r.Close()
		return damaged("zstd", r)
	}
	return raw, nil
}

func damaged(format string, r io.Reader) ([]byte, error) {
	data, err := readLimited(r)
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, fmt.Errorf("the %s data is damaged: %w", format, err)
	}
	return data, err
}

func readLimited(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxBytes {
		return nil, errTooLarge
	}
	return data, nil
}
