package write

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"

	"github.com/zeebo/xxh3"
)

// ColumnHash is a hash over the entries of one leaf column as Parquet sees them: repetition
// level, definition level, value. Two readers that agree on it agree on every value, null and
// list boundary. It guards against faults, not against forgery: that is the files' SHA-256.
type ColumnHash struct {
	entries        uint64
	levels, values xxh3.Hasher
	pending        []byte // of values, up to pendingBytes
}

// pendingBytes is how much the hash is given at once: most values are far shorter than what it
// is fast at.
const pendingBytes = 1024

// AddEntries takes in the levels of n entries, one byte each: the definition level, and the
// repetition level times 16. They are nil where the column has none.
func (h *ColumnHash) AddEntries(n int, levels []byte) {
	h.entries += uint64(n)
	_, _ = h.levels.Write(levels) // never fails
}

// AddValue takes in a value: string, int32, float64 or bool.
func (h *ColumnHash) AddValue(value any) error {
	switch v := value.(type) {
	case string:
		h.addString(v)
	case int32:
		h.add4(uint32(v))
	case float64:
		h.add8(math.Float64bits(v))
	case bool:
		h.addBool(v)
	default:
		return fmt.Errorf("a column holds a value of type %T, which no table has", value)
	}
	return nil
}

// addLevels is AddEntries for levels as the writer has them.
func (h *ColumnHash) addLevels(repetition, definition []int16) {
	var block [512]byte
	for len(definition) > 0 {
		n := min(len(definition), len(block))
		for i, d := range definition[:n] {
			block[i] = byte(d)
		}
		if repetition != nil {
			for i, r := range repetition[:n] {
				block[i] |= byte(r) << 4
			}
			repetition = repetition[n:]
		}
		h.AddEntries(n, block[:n])
		definition = definition[n:]
	}
}

func (h *ColumnHash) addString(s string) {
	h.add4(uint32(len(s)))
	if len(s) > pendingBytes/2 {
		h.flush()
		_, _ = h.values.WriteString(s) // never fails
		return
	}
	h.pending = append(h.pending, s...)
}

func (h *ColumnHash) add4(v uint32) {
	h.makeRoom()
	h.pending = binary.LittleEndian.AppendUint32(h.pending, v)
}

func (h *ColumnHash) add8(v uint64) {
	h.makeRoom()
	h.pending = binary.LittleEndian.AppendUint64(h.pending, v)
}

func (h *ColumnHash) addBool(v bool) {
	h.makeRoom()
	if v {
		h.pending = append(h.pending, 1)
	} else {
		h.pending = append(h.pending, 0)
	}
}

func (h *ColumnHash) makeRoom() {
	if len(h.pending) > pendingBytes {
		h.flush()
	}
}

func (h *ColumnHash) flush() {
	_, _ = h.values.Write(h.pending) // never fails
	h.pending = h.pending[:0]
}

// String returns the hash in hex.
func (h *ColumnHash) String() string {
	h.flush()
	b := binary.BigEndian.AppendUint64(nil, h.entries)
	for _, part := range []*xxh3.Hasher{&h.levels, &h.values} {
		sum := part.Sum128().Bytes()
		b = append(b, sum[:]...)
	}
	sum := xxh3.Hash128(b).Bytes()
	return hex.EncodeToString(sum[:])
}
