package write

import (
	"errors"
	"fmt"
	"math"
	"unicode/utf8"
	"unsafe"

	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/file"

	"xianzhi/schemas"
)

// column gathers a column's values of the open row group in the types of Parquet.
type column[R any] struct {
	// measure returns the uncompressed bytes of the row's value, levels included, or says why the
	// value cannot stand in the column.
	measure func(*R) (int, error)
	add     func(*R)
	leaves  []chunk
}

// chunk is the part of a leaf column in the open row group.
type chunk interface {
	path() string // as in Summary.Columns
	hash() string // of all chunks that were written
	write(file.ColumnChunkWriter) error
}

// newColumn ties a column's accessor to leaves. The column constructors of package schemas leave
// no other accessors than these, so another is a defect and panics.
func newColumn[R any](c schemas.Column[R]) column[R] {
	switch get := c.Get.(type) {
	case func(*R) string:
		return required(c.Name, get, textValue())
	case func(*R) int32:
		return required(c.Name, get, int32Value)
	case func(*R) float64:
		return required(c.Name, get, doubleValue)
	case func(*R) bool:
		return required(c.Name, get, boolValue)
	case func(*R) schemas.Optional[string]:
		return optional(c.Name, get, textValue())
	case func(*R) schemas.Optional[int32]:
		return optional(c.Name, get, int32Value)
	case func(*R) schemas.Optional[float64]:
		return optional(c.Name, get, doubleValue)
	case func(*R) schemas.Optional[schemas.Date]:
		return optional(c.Name, get, dateValue)
	case func(*R) []string:
		return textList(c.Name, get)
	case func(*R) []schemas.Section:
		return sectionList(c.Name, get)
	}
	panic(fmt.Sprintf("column %s has an accessor of type %T, which stages/write does not know", c.Name, c.Get))
}

// value is how Parquet stores a Go type.
type value[T any, P physical] struct {
	size  func(T) (int, error)
	store func(T) P
}

// physical are the types of Parquet that tables use.
type physical interface {
	parquet.ByteArray | int32 | float64 | bool
}

var (
	int32Value  = value[int32, int32]{fixedSize[int32](4), same[int32]}
	doubleValue = value[float64, float64]{doubleSize, same[float64]}
	boolValue   = value[bool, bool]{fixedSize[bool](1), same[bool]}
	dateValue   = value[schemas.Date, int32]{fixedSize[schemas.Date](4), func(d schemas.Date) int32 { return d.Days }}
)

var (
	errUTF8   = errors.New("is not valid UTF-8")
	errFinite = errors.New("is not a finite number")
)

// Uncompressed bytes of an entry's levels and of a text's length.
const (
	levelBytes  = 1
	lengthBytes = 4
)

// textValue remembers the last text that it found valid: rows often quote the sentence that the
// row before quotes.
func textValue() value[string, parquet.ByteArray] {
	last := ""
	return value[string, parquet.ByteArray]{store: bytesOf, size: func(s string) (int, error) {
		if s == last {
			return levelBytes + lengthBytes + len(s), nil
		}
		n, err := textSize(s)
		if err == nil {
			last = s
		}
		return n, err
	}}
}

func textSize(s string) (int, error) {
	if !utf8.ValidString(s) {
		return 0, errUTF8
	}
	return levelBytes + lengthBytes + len(s), nil
}

func doubleSize(v float64) (int, error) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, errFinite
	}
	return levelBytes + 8, nil
}

func fixedSize[T any](bytes int) func(T) (int, error) {
	return func(T) (int, error) { return levelBytes + bytes, nil }
}

func same[T any](v T) T { return v }

// bytesOf shares the memory of a string. Parquet's writer only reads it.
func bytesOf(s string) parquet.ByteArray { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func required[R, T any, P physical](name string, get func(*R) T, v value[T, P]) column[R] {
	l := &leaf[P]{name: name}
	return column[R]{
		measure: func(row *R) (int, error) { return v.size(get(row)) },
		add:     func(row *R) { l.values = append(l.values, v.store(get(row))) },
		leaves:  []chunk{l},
	}
}

func optional[R, T any, P physical](name string, get func(*R) schemas.Optional[T], v value[T, P]) column[R] {
	l := &leaf[P]{name: name}
	return column[R]{
		measure: func(row *R) (int, error) {
			if o := get(row); o.Valid {
				return v.size(o.Value)
			}
			return levelBytes, nil
		},
		add: func(row *R) {
			if o := get(row); o.Valid {
				l.values, l.definition = append(l.values, v.store(o.Value)), append(l.definition, 1)
			} else {
				l.definition = append(l.definition, 0)
			}
		},
		leaves: []chunk{l},
	}
}

func textList[R any](name string, get func(*R) []string) column[R] {
	l := &leaf[parquet.ByteArray]{name: name}
	return column[R]{
		measure: func(row *R) (int, error) {
			size := levelBytes
			for _, s := range get(row) {
				n, err := textSize(s)
				if err != nil {
					return 0, err
				}
				size += n
			}
			return size, nil
		},
		add: func(row *R) {
			list := get(row)
			l.addList(len(list))
			for _, s := range list {
				l.values = append(l.values, bytesOf(s))
			}
		},
		leaves: []chunk{l},
	}
}

func sectionList[R any](name string, get func(*R) []schemas.Section) column[R] {
	title, kind := &leaf[parquet.ByteArray]{name: name + ".title"}, &leaf[parquet.ByteArray]{name: name + ".kind"}
	start, end := &leaf[int32]{name: name + ".char_start"}, &leaf[int32]{name: name + ".char_end"}
	return column[R]{
		measure: func(row *R) (int, error) {
			size := 4 * levelBytes
			for _, s := range get(row) {
				for _, text := range []string{s.Title, s.Kind} {
					n, err := textSize(text)
					if err != nil {
						return 0, err
					}
					size += n
				}
				size += 2 * (levelBytes + 4)
			}
			return size, nil
		},
		add: func(row *R) {
			list := get(row)
			title.addList(len(list))
			kind.addList(len(list))
			start.addList(len(list))
			end.addList(len(list))
			for _, s := range list {
				title.values, kind.values = append(title.values, bytesOf(s.Title)), append(kind.values, bytesOf(s.Kind))
				start.values, end.values = append(start.values, s.CharStart), append(end.values, s.CharEnd)
			}
		},
		leaves: []chunk{title, kind, start, end},
	}
}

// leaf is a chunk of values of one type.
type leaf[P physical] struct {
	name                   string
	values                 []P
	definition, repetition []int16 // nil for a column without such levels
	sum                    ColumnHash
}

// elementPresent is the definition level of an element of a list: one for the list having
// elements, one for the element being optional, as arrow writes every list.
const elementPresent = 2

// addList adds the levels of a list of n elements.
func (l *leaf[P]) addList(n int) {
	if n == 0 {
		l.definition, l.repetition = append(l.definition, 0), append(l.repetition, 0)
	}
	for i := range n {
		l.definition, l.repetition = append(l.definition, elementPresent), append(l.repetition, int16(min(i, 1)))
	}
}

func (l *leaf[P]) path() string { return l.name }
func (l *leaf[P]) hash() string { return l.sum.String() }

// write gives the values to w, takes them into the hash and forgets them.
func (l *leaf[P]) write(w file.ColumnChunkWriter) (err error) {
	if l.definition == nil {
		l.sum.AddEntries(len(l.values), nil)
	}
	l.sum.addLevels(l.repetition, l.definition)
	switch values := any(l.values).(type) {
	case []parquet.ByteArray:
		for _, v := range values {
			l.sum.addString(unsafe.String(unsafe.SliceData(v), len(v)))
		}
		_, err = w.(*file.ByteArrayColumnChunkWriter).WriteBatch(values, l.definition, l.repetition)
	case []int32:
		for _, v := range values {
			l.sum.add4(uint32(v))
		}
		_, err = w.(*file.Int32ColumnChunkWriter).WriteBatch(values, l.definition, l.repetition)
	case []float64:
		for _, v := range values {
			l.sum.add8(math.Float64bits(v))
		}
		_, err = w.(*file.Float64ColumnChunkWriter).WriteBatch(values, l.definition, l.repetition)
	case []bool:
		for _, v := range values {
			l.sum.addBool(v)
		}
		_, err = w.(*file.BooleanColumnChunkWriter).WriteBatch(values, l.definition, l.repetition)
	}
	clear(l.values) // of references to texts
	l.values, l.definition, l.repetition = l.values[:0], l.definition[:0], l.repetition[:0]
	return err
}
