package write

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"math"

	"xianzhi/schemas"
)

// ColumnHash is a hash over the entries of one leaf column as Parquet sees them: repetition
// level, definition level, value. Two readers that agree on it agree on every value, null and
// list boundary.
type ColumnHash struct {
	sum     hash.Hash
	scratch []byte
}

// NewColumnHash returns the hash of a column without entries.
func NewColumnHash() *ColumnHash { return &ColumnHash{sum: sha256.New()} }

// Add takes in an entry. The value is a string, int32, float64 or bool, or nil for none.
func (h *ColumnHash) Add(repetition, definition int32, value any) error {
	b := h.scratch[:0]
	b = append(b, byte(repetition), byte(definition))
	switch v := value.(type) {
	case nil:
	case string:
		b = binary.AppendUvarint(b, uint64(len(v)))
		b = append(b, v...)
	case int32:
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	case float64:
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
	case bool:
		if v {
			b = append(b, 1)
		} else {
			b = append(b, 0)
		}
	default:
		return fmt.Errorf("a column holds a value of type %T, which no table has", value)
	}
	h.scratch = b
	h.sum.Write(b)
	return nil
}

// String returns the hash in hex.
func (h *ColumnHash) String() string { return hex.EncodeToString(h.sum.Sum(nil)) }

// leafHashes holds the hashes of a table's leaf columns by dotted path.
type leafHashes map[string]*ColumnHash

func newLeafHashes(table schemas.TableDoc) leafHashes {
	leaves := leafHashes{}
	for _, c := range table.Columns {
		if c.Type == schemas.SectionList {
			for _, f := range sectionType.Fields() {
				leaves[c.Name+"."+f.Name] = NewColumnHash()
			}
			continue
		}
		leaves[c.Name] = NewColumnHash()
	}
	return leaves
}

// elementPresent is the definition level of an element of a list: one for the list having
// elements, one for the element being optional, as arrow writes every list.
const elementPresent = 2

func (l leafHashes) add(c schemas.ColumnDoc, value any) error {
	switch v := value.(type) {
	case schemas.Date:
		value = v.Days
	case []string:
		return addList(v, func(repetition, definition int32, s string) error {
			if definition == 0 {
				return l[c.Name].Add(repetition, definition, nil)
			}
			return l[c.Name].Add(repetition, definition, s)
		})
	case []schemas.Section:
		return addList(v, func(repetition, definition int32, s schemas.Section) error {
			for name, field := range map[string]any{"title": s.Title, "kind": s.Kind, "char_start": s.CharStart, "char_end": s.CharEnd} {
				if definition == 0 {
					field = nil
				}
				if err := l[c.Name+"."+name].Add(repetition, definition, field); err != nil {
					return err
				}
			}
			return nil
		})
	}
	var definition int32
	if c.Nullable && value != nil {
		definition = 1
	}
	return l[c.Name].Add(0, definition, value)
}

// addList calls add for each element, or once with definition level 0 for the empty list.
func addList[T any](list []T, add func(repetition, definition int32, element T) error) error {
	if len(list) == 0 {
		var none T
		return add(0, 0, none)
	}
	for i, element := range list {
		if err := add(min(int32(i), 1), elementPresent, element); err != nil {
			return err
		}
	}
	return nil
}
