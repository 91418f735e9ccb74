package state

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"
	"github.com/zeebo/xxh3"
)

// Name names what a run found.
type Name string

// The names. Of several that fit, the first in this order is given.
const (
	Missing      Name = "missing"       // there was no state
	Corrupt      Name = "corrupt"       // damaged; what is whole was used
	OtherVersion Name = "other version" // of another program, schema, rules or build
	OtherOptions Name = "other options"
	Changed      Name = "changed" // some inputs are new, changed or gone
	Equal        Name = "equal"   // every input is as it was
)

// Usage says what a run made of the state that it found.
type Usage struct {
	Name    Name   `json:"name"`
	Why     string `json:"why,omitempty"` // for Corrupt
	Reused  int    `json:"reused"`        // records of the state that the run used
	Added   int    `json:"added"`         // records that it made
	Dropped int    `json:"dropped"`       // records of the state that it had no use for
}

// File is an open state. Its methods are safe for concurrent use, up to Finish.
type File struct {
	path  string
	basis Basis

	mu    sync.Mutex
	file  *os.File
	end   int64         // of the last whole record
	found map[key]entry // not used so far
	live  []span        // of the records used or added
	usage Usage
}

type key struct{ source, sha256 string }

// entry says where a record lies; its checksums stay in the file.
type entry struct{ offset, headSize, bodySize int64 }

func (e entry) size() int64 { return frameSize + e.headSize + e.bodySize }

type span struct{ offset, size int64 }

// Record is a record that the run uses.
type Record struct {
	Head   []byte
	offset int64 // of the first part
	sizes  []uint32
}

// Open opens the state in a file, or starts one. The caller is the only process that does.
func Open(path string, basis Basis) (_ *File, err error) {
	f := &File{path: path, basis: basis, found: map[key]entry{}}
	if err := os.Remove(f.next()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot remove the leftover of an earlier run: %w", err)
	}
	if f.file, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, fmt.Errorf("cannot open the state of earlier runs, which must be writable: %w", err)
	}
	if err := f.scan(); err != nil {
		return nil, errors.Join(err, f.file.Close())
	}
	return f, nil
}

func (f *File) next() string { return f.path + ".next" }

// scan reads the header and the heads' frames. What follows the last whole one is cut off.
func (f *File) scan() error {
	header, err := f.basis.header()
	if err != nil {
		return err
	}
	info, err := f.file.Stat()
	if err != nil {
		return fmt.Errorf("cannot look at the state %s: %w", f.path, err)
	}
	found := make([]byte, min(info.Size(), maxHeader))
	if _, err := f.file.ReadAt(found, 0); err != nil {
		return fmt.Errorf("cannot read the state %s: %w", f.path, err)
	}
	if !bytes.HasPrefix(found, header) {
		f.usage.Name, f.usage.Why = f.basis.compare(found)
		return f.restart(header)
	}
	f.usage.Name = Equal
	for f.end = int64(len(header)); f.end < info.Size(); {
		frame, source, sum, err := f.readFrame(f.end, info.Size()-f.end)
		if err != nil {
			f.damaged(fmt.Errorf("the record at byte %d: %w", f.end, err))
			break
		}
		e := entry{f.end, frame.headSize, frame.bodySize}
		f.found[key{source, sum}] = e
		f.end += e.size()
	}
	return f.cut()
}

// restart makes the file empty but for the header.
func (f *File) restart(header []byte) error {
	f.end = 0
	if err := f.cut(); err != nil {
		return err
	}
	if _, err := f.file.WriteAt(header, 0); err != nil {
		return fmt.Errorf("cannot write the state %s (is the disk full?): %w", f.path, err)
	}
	f.end = int64(len(header))
	return nil
}

func (f *File) cut() error {
	if err := f.file.Truncate(f.end); err != nil {
		return fmt.Errorf("cannot write the state %s: %w", f.path, err)
	}
	return nil
}

// damaged notes the first damage.
func (f *File) damaged(why error) {
	if f.usage.Name == Equal {
		f.usage.Name, f.usage.Why = Corrupt, why.Error()
	}
}

const (
	magic     = "xianzhi state 1\n"
	maxHeader = 1 << 16
)

// header is the start of a file: the magic, the basis as JSON and its hash, a line each.
func (b Basis) header() ([]byte, error) {
	text, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("cannot write down what the state depends on: %w", err)
	}
	header := fmt.Appendf(nil, "%s%s\n%x\n", magic, text, sha256.Sum256(text))
	if len(header) > maxHeader {
		return nil, fmt.Errorf("the options are too long for the header of the state: %d bytes", len(header))
	}
	return header, nil
}

// compare names how a file's start differs from the header of b.
func (b Basis) compare(start []byte) (Name, string) {
	if len(start) == 0 {
		return Missing, ""
	}
	lines := bytes.SplitN(start, []byte("\n"), 4)
	if len(lines) < 4 || string(lines[0])+"\n" != magic || fmt.Sprintf("%x", sha256.Sum256(lines[1])) != string(lines[2]) {
		return Corrupt, "the header is damaged"
	}
	var other Basis
	if json.Unmarshal(lines[1], &other) == nil && !maps.Equal(b.Options, other.Options) {
		other.Options = b.Options
		if same, err := json.Marshal(other); err == nil {
			if own, err := json.Marshal(b); err == nil && bytes.Equal(same, own) {
				return OtherOptions, ""
			}
		}
	}
	return OtherVersion, ""
}

// frame is the fixed start of a record. The head follows, then the parts.
type frame struct {
	headSize int64 // source and hash included
	bodySize int64
	bodySum  [sha256.Size]byte
	headSum  [sha256.Size]byte // of all before it and the head
}

const (
	mark      = "\x00record\n"
	frameSize = int64(len(mark) + 8 + 8 + 2*sha256.Size)
	maxHead   = 64 << 20 // no head is nearly as long; the limit bounds what damage may ask for
)

func (r frame) start() []byte {
	b := append(make([]byte, 0, frameSize), mark...)
	b = binary.LittleEndian.AppendUint64(b, uint64(r.headSize))
	b = binary.LittleEndian.AppendUint64(b, uint64(r.bodySize))
	return append(b, r.bodySum[:]...)
}

// parseFrame reads a frame behind its mark.
func parseFrame(b []byte) (r frame) {
	b = b[len(mark):]
	r.headSize, r.bodySize = int64(binary.LittleEndian.Uint64(b)), int64(binary.LittleEndian.Uint64(b[8:]))
	copy(r.bodySum[:], b[16:])
	copy(r.headSum[:], b[16+sha256.Size:])
	return r
}

// fits tells whether frame and head are as they were written.
func (r frame) fits(head []byte) bool { return sha256.Sum256(append(r.start(), head...)) == r.headSum }

var (
	errCutShort = errors.New("is cut short")
	errChecksum = errors.New("is damaged: its checksum is another")
)

// readFrame reads frame and head at an offset, with so many bytes left in the file.
func (f *File) readFrame(at, left int64) (r frame, source, sum string, err error) {
	if left < frameSize {
		return r, "", "", errCutShort
	}
	b := make([]byte, frameSize)
	if _, err := f.file.ReadAt(b, at); err != nil {
		return r, "", "", err
	}
	if !bytes.HasPrefix(b, []byte(mark)) {
		return r, "", "", errChecksum
	}
	r = parseFrame(b)
	left -= frameSize
	if r.headSize < 0 || r.bodySize < 0 || r.headSize > min(left, maxHead) || r.bodySize > left-r.headSize {
		return r, "", "", errCutShort
	}
	head := make([]byte, r.headSize)
	if _, err := f.file.ReadAt(head, at+frameSize); err != nil {
		return r, "", "", err
	}
	if !r.fits(head) {
		return r, "", "", errChecksum
	}
	source, sum, _, _, err = splitHead(head)
	return r, source, sum, err
}

// joinHead and splitHead are the head as it lies in the file: the sizes of the parts, then
// source, hash and the caller's head, each but the last with its length.
func joinHead(source, sum string, sizes []uint32, head []byte) []byte {
	b := binary.AppendUvarint(nil, uint64(len(sizes)))
	for _, n := range sizes {
		b = binary.AppendUvarint(b, uint64(n))
	}
	for _, s := range []string{source, sum} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return append(b, head...)
}

func splitHead(b []byte) (source, sum string, sizes []uint32, head []byte, err error) {
	number := func() uint64 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			err = errChecksum
			return 0
		}
		b = b[size:]
		return n
	}
	text := func() string {
		n := number()
		if n > uint64(len(b)) {
			err = errChecksum
			return ""
		}
		s := string(b[:n])
		b = b[n:]
		return s
	}
	for n := number(); n > 0 && err == nil; n-- {
		sizes = append(sizes, uint32(number()))
	}
	source, sum = text(), text()
	return source, sum, sizes, b, err
}

// Find returns the record of an input, if there is a whole one. A run finds a record once.
func (f *File) Find(source, sum string) (*Record, bool) {
	if sum == "" {
		return nil, false
	}
	f.mu.Lock()
	e, ok := f.found[key{source, sum}]
	f.mu.Unlock()
	if !ok {
		return nil, false
	}
	r, err := f.read(e)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil {
		f.damaged(fmt.Errorf("the record of %s %w", source, err))
		return nil, false
	}
	delete(f.found, key{source, sum})
	f.usage.Reused++
	f.live = append(f.live, span{e.offset, e.size()})
	return r, true
}

// read reads a whole record and verifies it.
func (f *File) read(e entry) (*Record, error) {
	b := make([]byte, e.size())
	if _, err := f.file.ReadAt(b, e.offset); err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	r, head, body := parseFrame(b), b[frameSize:frameSize+e.headSize], b[frameSize+e.headSize:]
	if r.headSize != e.headSize || r.bodySize != e.bodySize || !r.fits(head) || sha256.Sum256(body) != r.bodySum {
		return nil, errChecksum
	}
	_, _, sizes, own, err := splitHead(head)
	if err != nil {
		return nil, err
	}
	return &Record{slices.Clone(own), e.offset + frameSize + e.headSize, sizes}, nil
}

// Pack makes a part ready to be added: S2, which takes a third of the time of zstd for a third more
// bytes, and a checksum, which S2 has none of.
func Pack(part []byte) []byte {
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	*room = s2.Encode((*room)[:cap(*room)], part)
	return binary.LittleEndian.AppendUint64(append(make([]byte, 0, len(*room)+8), *room...), xxh3.Hash(*room))
}

// rooms are memory for what is packed.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

// unpack undoes Pack.
func unpack(packed []byte) ([]byte, error) {
	end := len(packed) - 8
	if end < 0 || binary.LittleEndian.Uint64(packed[end:]) != xxh3.Hash(packed[:end]) {
		return nil, errChecksum
	}
	return s2.Decode(nil, packed[:end])
}

// Add appends the record of an input, with the parts packed, and returns it. One under the hash ""
// is for this run alone.
func (f *File) Add(source, sum string, head []byte, parts [][]byte) (*Record, error) {
	r := &Record{Head: head}
	for _, p := range parts {
		r.sizes = append(r.sizes, uint32(len(p)))
	}
	joined := joinHead(source, sum, r.sizes, head)
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	b := append(append((*room)[:0], make([]byte, frameSize)...), joined...)
	for _, p := range parts {
		b = append(b, p...)
	}
	*room = b
	body := b[int(frameSize)+len(joined):]
	fr := frame{headSize: int64(len(joined)), bodySize: int64(len(body)), bodySum: sha256.Sum256(body)}
	start := fr.start()
	fr.headSum = sha256.Sum256(append(start, joined...))
	copy(b[copy(b, start):], fr.headSum[:])

	f.mu.Lock()
	defer f.mu.Unlock()
	if _, err := f.file.WriteAt(b, f.end); err != nil {
		return nil, fmt.Errorf("cannot write the state %s (is the disk full?): %w", f.path, err)
	}
	r.offset = f.end + frameSize + fr.headSize
	f.live = append(f.live, span{f.end, int64(len(b))})
	f.end += int64(len(b))
	f.usage.Added++
	return r, nil
}

// Part returns the n-th part of a record.
func (f *File) Part(r *Record, n int) ([]byte, error) {
	if n >= len(r.sizes) {
		return nil, fmt.Errorf("a record of the state %s has %d parts, and part %d is asked for", f.path, len(r.sizes), n)
	}
	offset := r.offset
	for _, size := range r.sizes[:n] {
		offset += int64(size)
	}
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	packed := slices.Grow((*room)[:0], int(r.sizes[n]))[:r.sizes[n]]
	*room = packed
	if _, err := f.file.ReadAt(packed, offset); err != nil {
		return nil, fmt.Errorf("cannot read the state %s: %w", f.path, err)
	}
	b, err := unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("the state %s was damaged while the run used it; run again: %w", f.path, err)
	}
	return b, nil
}

// Usage says what the run has made of the state so far.
func (f *File) Usage() Usage {
	f.mu.Lock()
	defer f.mu.Unlock()
	u := f.usage
	u.Dropped = len(f.found)
	if u.Name == Equal && (u.Added > 0 || u.Dropped > 0) {
		u.Name = Changed
	}
	return u
}

// Finish drops the records that the run neither used nor added, if there are any. No record may
// be read any more.
func (f *File) Finish() (err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	header, err := f.basis.header()
	if err != nil {
		return err
	}
	size := int64(len(header))
	for _, s := range f.live {
		size += s.size
	}
	if size == f.end {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("cannot drop old records from the state %s: %w", f.path, err)
			err = errors.Join(err, ignore(os.Remove(f.next()), fs.ErrNotExist))
		}
	}()
	next, err := os.OpenFile(f.next(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	readers := []io.Reader{bytes.NewReader(header)}
	slices.SortFunc(f.live, func(a, b span) int { return int(min(max(a.offset-b.offset, -1), 1)) })
	for _, s := range f.live {
		readers = append(readers, io.NewSectionReader(f.file, s.offset, s.size))
	}
	_, err = io.Copy(next, io.MultiReader(readers...))
	if err := errors.Join(err, next.Sync(), next.Close()); err != nil {
		return err
	}
	return os.Rename(f.next(), f.path)
}

func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// Close closes the file. Records stay for the next run, whether or not this one has finished.
func (f *File) Close() error {
	if err := f.file.Close(); err != nil {
		return fmt.Errorf("cannot close the state %s: %w", f.path, err)
	}
	return nil
}
