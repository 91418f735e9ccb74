package write

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow/go/v17/parquet/compress"
)

// TestSharedEncoderIsDeterministic compresses pages with one encoder, in random order and size,
// and compares with a fresh encoder for each.
func TestSharedEncoderIsDeterministic(t *testing.T) {
	codec, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		t.Fatal(err)
	}
	shared, ok := codec.(sharedZstd)
	if !ok {
		t.Fatalf("arrow uses a %T", codec)
	}
	r := rand.New(rand.NewPCG(3, 5))
	g := rowsOf{r}
	for i := range 300 {
		var page []byte
		for size := 1 << r.IntN(21); len(page) < size; {
			page = append(page, g.long()...)
			page = append(page, byte(r.Uint32()), byte(r.Uint32()))
		}
		got := shared.EncodeLevel(nil, page, zstdLevel)
		if want := shared.Codec.EncodeLevel(nil, page, zstdLevel); !bytes.Equal(got, want) {
			t.Fatalf("page %d of %d bytes is compressed otherwise by a used encoder", i, len(page))
		}
		if !bytes.Equal(shared.Decode(nil, got), page) {
			t.Fatalf("page %d does not decompress to itself", i)
		}
	}
}
