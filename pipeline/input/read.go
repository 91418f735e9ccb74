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

// maxRatio is how many times its size a compressed input may unpack to, once it has unpacked to
// freeBytes. Reports unpack to ten times at most.
const (
	maxRatio  = 100
	freeBytes = 1 << 20
)

// Raw is a file as it lies there, compressed or not.
type Raw struct {
	SHA256 string
	file   File
	data   []byte
}

var (
	errTooLarge = errors.New("too large")
	errBomb     = errors.New("unpacks to too many times its size")
	errChanged  = errors.New("the file was changed while it was read: run again once it is complete")
)

// Read reads a file whole; stdin is what Stdin stands for. A file that cannot be used comes
// back as a reject.
func (f File) Read(stdin io.Reader) (Raw, *stages.Reject) {
	data, err := f.read(stdin)
	if err != nil {
		return Raw{}, f.reject("", err)
	}
	sum := sha256.Sum256(data)
	return Raw{hex.EncodeToString(sum[:]), f, data}, nil
}

// Text returns what the file holds, decompressed.
func (r Raw) Text() ([]byte, *stages.Reject) {
	text, err := r.decompress()
	if err != nil {
		return nil, r.file.reject(r.SHA256, err)
	}
	return text, nil
}

func (f File) reject(sum string, err error) *stages.Reject {
	r := unreadable(f.Source, err)
	switch {
	case errors.Is(err, errTooLarge):
		r.Reason = stages.TooLarge
		r.Detail = fmt.Sprintf("has more than %d MiB of text: split it into one file per report", MaxBytes>>20)
	case errors.Is(err, errBomb):
		r.Reason = stages.TooLarge
		r.Detail = fmt.Sprintf("unpacks to more than %d times its size, as no report does: unpack it yourself if it is one", maxRatio)
	}
	r.SHA256 = sum
	return &r
}

func (f File) read(stdin io.Reader) ([]byte, error) {
	if f.Path == Stdin {
		return readLimited(stdin, 0, MaxBytes)
	}
	file, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return readUnchanged(file, file)
}

// readUnchanged reads the content of a file. Of one that changes meanwhile it may be half old and
// half new.
func readUnchanged(file *os.File, content io.Reader) ([]byte, error) {
	before, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if before.Mode().IsRegular() && before.Size() > MaxBytes {
		return nil, errTooLarge
	}
	size := int64(0)
	if before.Mode().IsRegular() {
		size = before.Size()
	}
	data, err := readLimited(content, int(size), MaxBytes)
	if err != nil {
		return nil, err
	}
	after, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if before.Mode().IsRegular() && (int64(len(data)) != after.Size() || !after.ModTime().Equal(before.ModTime())) {
		return nil, errChanged
	}
	return data, nil
}

// decompress goes by the file's name, on standard input by the magic number.
func (r Raw) decompress() ([]byte, error) {
	is := func(suffix, magic string) bool {
		if r.file.Path == Stdin {
			return bytes.HasPrefix(r.data, []byte(magic))
		}
		return strings.HasSuffix(strings.ToLower(r.file.Path), suffix)
	}
	switch {
	case is(".gz", "\x1F\x8B"):
		reader, err := gzip.NewReader(bytes.NewReader(r.data))
		if err != nil {
			return nil, fmt.Errorf("the gzip data is damaged: %w", err)
		}
		return r.unpack("gzip", reader)
	case is(".zst", "\x28\xB5\x2F\xFD"):
		reader, err := zstd.NewReader(bytes.NewReader(r.data), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxBytes))
		if err != nil {
			return nil, fmt.Errorf("the zstd data is damaged: %w", err)
		}
		defer reader.Close()
		return r.unpack("zstd", reader)
	}
	return r.data, nil
}

func (r Raw) unpack(format string, packed io.Reader) ([]byte, error) {
	limit := min(MaxBytes, max(freeBytes, maxRatio*len(r.data)))
	data, err := readLimited(packed, len(r.data), limit)
	switch {
	case errors.Is(err, errTooLarge) && limit < MaxBytes:
		return nil, errBomb
	case err != nil && !errors.Is(err, errTooLarge):
		return nil, fmt.Errorf("the %s data is damaged: %w", format, err)
	}
	return data, err
}

// readLimited reads everything, of which there are about size bytes.
func readLimited(r io.Reader, size, limit int) ([]byte, error) {
	data := bytes.NewBuffer(make([]byte, 0, min(size, limit)+bytes.MinRead))
	if _, err := data.ReadFrom(io.LimitReader(r, int64(limit)+1)); err != nil {
		return nil, err
	}
	if data.Len() > limit {
		return nil, errTooLarge
	}
	return data.Bytes(), nil
}
