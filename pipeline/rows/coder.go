package rows

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"xianzhi/schemas"
)

// Coder writes values to bytes or reads them back. Whoever has fields names them once, in one
// function for both directions, so that the two cannot come apart.
type Coder struct {
	reading bool

	written []byte
	numbers map[string]uint64 // of the texts written

	left  []byte
	text  string   // all that is read
	texts []string // read so far
	err   error
}

var errForm = errors.New("the bytes are not what was written")

// Marshal writes a value by its fields.
func Marshal[T any](v *T, fields func(*Coder, *T)) []byte {
	c := Coder{numbers: map[string]uint64{}}
	fields(&c, v)
	return c.written
}

// Unmarshal reads a value by its fields. Its texts share one piece of memory.
func Unmarshal[T any](b []byte, fields func(*Coder, *T)) (v T, err error) {
	c := Coder{reading: true, left: b, text: string(b)}
	fields(&c, &v)
	if c.err == nil && len(c.left) > 0 {
		c.err = errForm
	}
	if c.err != nil {
		return v, fmt.Errorf("cannot read rows back: %w", c.err)
	}
	return v, nil
}

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

// Text is a string, written once: an even number is the length of a new one, an odd one leads to
// one before.
func (c *Coder) Text(s *string) {
	if !c.reading {
		if n, ok := c.numbers[*s]; ok {
			c.uvarint(n<<1 | 1)
			return
		}
		c.numbers[*s] = uint64(len(c.numbers))
		c.uvarint(uint64(len(*s)) << 1)
		c.written = append(c.written, *s...)
		return
	}
	v := c.uvarint(0)
	n := v >> 1
	switch {
	case v&1 == 1 && n < uint64(len(c.texts)):
		*s = c.texts[n]
	case v&1 == 0 && n <= uint64(len(c.left)):
		at := len(c.text) - len(c.left)
		*s = c.text[at : at+int(n)]
		c.left = c.left[n:]
		c.texts = append(c.texts, *s)
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
