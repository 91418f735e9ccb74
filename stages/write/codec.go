package write

import (
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/klauspost/compress/zstd"
)

// arrow makes a zstd encoder of several megabytes for every page; a release has hundreds of
// small ones. sharedZstd keeps one. The bytes are the same: EncodeAll depends on nothing before.
type sharedZstd struct {
	compress.Codec
	encoder *zstd.Encoder
}

func (c sharedZstd) EncodeLevel(dst, src []byte, level int) []byte {
	if level != zstdLevel {
		return c.Codec.EncodeLevel(dst, src, level)
	}
	return c.encoder.EncodeAll(src, dst[:0])
}

func init() {
	plain, err := compress.GetCodec(compress.Codecs.Zstd)
	if err != nil {
		panic(err) // arrow registers it
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithZeroFrames(true), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(zstdWindow),
		zstd.WithEncoderLevel(zstd.EncoderLevelFromZstd(zstdLevel)))
	if err != nil {
		panic(err) // the options are constants
	}
	compress.RegisterCodec(compress.Codecs.Zstd, sharedZstd{plain, encoder})
}
