package rows

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"
	"unsafe"

	"github.com/zeebo/xxh3"

	"xianzhi/schemas"
)

// Coder writes values to bytes or reads them back. Whoever has fields names them once, in one
// function for both directions, so that the two cannot come apart.
type Coder struct {
	reading bool

	written []byte
	known   *[knownTexts]text // of those written, some
	texts   uint64            // written so far

	left []byte
	all  string   // that is read
	read []extent // texts so far
	err  error
}

// knownTexts is how many texts are remembered, each in the place that its hash leads to: those
// that recur soon stay, and a text that gave way is written again.
const knownTexts = 512

type text struct {
	text   string
	number uint64 // counted from 1
}

// extent is where a text lies.
type extent struct{ start, end uint32 }

var errForm = errors.New("the bytes are not what was written")

// writers are idle Coders, whose tables of known texts are empty.
var writers = sync.Pool{New: func() any { return &Coder{known: new([knownTexts]text)} }}

// Marshal writes a value by its fields, in the memory of room as far as that goes.
func Marshal[T any](room []byte, v *T, fields func(*Coder, *T)) []byte {
	c := writers.Get().(*Coder)
	c.written = room[:0]
	fields(c, v)
	written, known := c.written, c.known
	clear(known[:])
	*c = Coder{known: known}
	writers.Put(c)
	return written
}

// Unmarshal reads a value by its fields. Its texts lie in b, which must not change any more.
func Unmarshal[T any](b []byte, fields func(*Coder, *T)) (v T, err error) {
	c := Coder{reading: true, left: b, all: unsafe.String(unsafe.SliceData(b), len(b)), read: make([]extent, 0, len(b)/bytesPerText)}
	if len(b) > math.MaxUint32 {
		c.fail()
	}
	fields(&c, &v)
	if c.err == nil && len(c.left) > 0 {
		c.err = errForm
	}
	if c.err != nil {
		return v, fmt.Errorf("cannot read rows back: %w", c.err)
	}
	return v, nil
}

// bytesPerText is about what a new text takes among the rows.
const bytesPerText = 32

// uvarint is the form of every whole number.
func (c *Coder) uvarint(v uint64) uint64 {
	if !c.reading {
		c.written = binary.AppendUvarint(c.written, v)
		return v
	}
	v, n := binary.Uvarint(c.left)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.left = c.left[n:]
	return v
}

func (c *Coder) fail() {
	c.err = errForm
	c.left = nil
}

// Text is a string, written once if it recurs soon: an even number is the length of a new one, an odd one leads to
// one before.
func (c *Coder) Text(s *string) {
	if !c.reading {
		known := &c.known[xxh3.HashString(*s)%knownTexts]
		if known.number > 0 && known.text == *s {
			c.uvarint((known.number-1)<<1 | 1)
			return
		}
		c.texts++
		*known = text{*s, c.texts}
		c.uvarint(uint64(len(*s)) << 1)
		c.written = append(c.written, *s...)
		return
	}
	v := c.uvarint(0)
	n := v >> 1
	switch {
	case v&1 == 1 && n < uint64(len(c.read)):
		at := c.read[n]
		*s = c.all[at.start:at.end]
	case v&1 == 0 && n <= uint64(len(c.left)):
		at := len(c.all) - len(c.left)
		*s = c.all[at : at+int(n)]
		c.left = c.left[n:]
		c.read = append(c.read, extent{uint32(at), uint32(at + int(n))})
	default:
		c.fail()
	}
}

// Int32 is a small number of either sign.
func (c *Coder) Int32(v *int32) {
	u := c.uvarint(uint64(uint32(*v<<1 ^ *v>>31)))
	if u > math.MaxUint32 {
		c.fail()
		return
	}
	*v = int32(uint32(u)>>1) ^ -int32(u&1)
}

// Count is a number that is not negative.
func (c *Coder) Count(v *int) {
	u := c.uvarint(uint64(*v))
	if u > math.MaxInt {
		c.fail()
		return
	}
	*v = int(u)
}

// Float64 is a number of any kind, bit by bit.
func (c *Coder) Float64(v *float64) {
	if !c.reading {
		c.written = binary.LittleEndian.AppendUint64(c.written, math.Float64bits(*v))
		return
	}
	if len(c.left) < 8 {
		c.fail()
		return
	}
	*v = math.Float64frombits(binary.LittleEndian.Uint64(c.left))
	c.left = c.left[8:]
}

// Bool is true or false.
func (c *Coder) Bool(v *bool) {
	u := uint64(0)
	if *v {
		u = 1
	}
	*v = c.uvarint(u) == 1
}

// Date is a day.
func (c *Coder) Date(v *schemas.Date) { c.Int32(&v.Days) }

// Optional is a value that may be null.
func Optional[T any](c *Coder, o *schemas.Optional[T], value func(*Coder, *T)) {
	if c.Bool(&o.Valid); o.Valid {
		value(c, &o.Value)
	}
}

// List is any number of values.
func List[T any](c *Coder, list *[]T, value func(*Coder, *T)) {
	n := len(*list)
	c.Count(&n)
	if c.reading {
		if n > len(c.left) { // a value has at least a byte
			c.fail()
			return
		}
		*list = make([]T, n)
	}
	for i := range *list {
		value(c, &(*list)[i])
	}
}
