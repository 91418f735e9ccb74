package extract

import (
	"bytes"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	textunicode "golang.org/x/text/encoding/unicode"

	"xianzhi/stages"
)

// The encoding is told by validity, not by a statistical detector: Chinese government texts
// come as UTF-8, UTF-16 or GB18030 (a superset of GBK and GB2312), UTF-8 is practically never
// valid by accident, and detectors that also weigh two dozen other encodings call short or
// digit-heavy Chinese texts Big5 or EUC-KR. What validity alone cannot tell (UTF-16 without a
// mark, other double-byte encodings that GB18030 can swallow) is told by how much of the text
// then is ordinary Chinese.
const (
	minOrdinary   = 0.9  // share of ordinary characters that makes unmarked bytes UTF-16
	minCommonHan  = 0.75 // share of GB2312 level 1 characters and signs that makes bytes GB18030
	maxControl    = 0.01 // share of control characters beyond which a text is binary
	sniffedPrefix = 1 << 16
)

var (
	utf16LE = textunicode.UTF16(textunicode.LittleEndian, textunicode.IgnoreBOM)
	utf16BE = textunicode.UTF16(textunicode.BigEndian, textunicode.IgnoreBOM)
)

// decode gives the text of data without byte order mark, or why there is none.
func decode(data []byte) (string, *problem) {
	if len(bytes.TrimSpace(data)) == 0 {
		return "", &problem{stages.Empty, "the file is empty"}
	}
	if format := binaryFormat(data); format != "" {
		return "", &problem{stages.UnsupportedFormat, "the file is " + format + ": save its text as plain text"}
	}
	text, err := decodeText(data)
	if err != nil {
		return "", &problem{stages.Undecodable, err.Error()}
	}
	if strings.TrimFunc(text, blank) == "" {
		return "", &problem{stages.Empty, "the file holds nothing but white space"}
	}
	if isMarkup(text) {
		return "", &problem{stages.UnsupportedFormat, "the file is HTML or XML; save the page's text as plain text"}
	}
	return text, nil
}

func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
		if !utf8.Valid(data) {
			return "", fmt.Errorf("the file is marked as UTF-8 but byte %d is not UTF-8", invalidAt(data)+3)
		}
		return checkControls(string(data))
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decodeMarked(utf16LE, data[2:])
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decodeMarked(utf16BE, data[2:])
	}
	if utf8.Valid(data) && bytes.IndexByte(data, 0) < 0 {
		return checkControls(string(data))
	}
	for _, e := range []encoding.Encoding{utf16LE, utf16BE} {
		if text, ok := tryDecode(e, data); ok && len(data)%2 == 0 && ordinary(text) >= minOrdinary {
			return text, nil
		}
	}
	if bytes.IndexByte(data, 0) >= 0 {
		return "", fmt.Errorf("the file is binary: it has a NUL at byte %d", bytes.IndexByte(data, 0))
	}
	if text, ok := tryDecode(simplifiedchinese.GB18030, data); ok && commonHan(data) >= minCommonHan {
		return checkControls(text)
	}
	return "", fmt.Errorf("the file is neither UTF-8 (byte %d), UTF-16 nor GB18030; convert it to UTF-8", invalidAt(data))
}

// decodeMarked decodes UTF-16 that a byte order mark announces.
func decodeMarked(e encoding.Encoding, data []byte) (string, error) {
	text, ok := tryDecode(e, data)
	if !ok || len(data)%2 != 0 {
		return "", fmt.Errorf("the file is marked as UTF-16 but is not valid UTF-16")
	}
	return checkControls(text)
}

// tryDecode reports whether e decodes data without a replacement character.
func tryDecode(e encoding.Encoding, data []byte) (string, bool) {
	out, err := e.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(out, utf8.RuneError) {
		return "", false
	}
	return string(out), true
}

// checkControls refuses text that is binary data in disguise.
func checkControls(text string) (string, error) {
	controls := 0
	for i := 0; i < len(text); i++ {
		if c := text[i]; c >= ' ' && c != 0x7F && c != 0xC2 { // no control character begins so
			continue
		}
		r, _ := utf8.DecodeRuneInString(text[i:])
		if r == 0 {
			return "", fmt.Errorf("the file is binary: it holds NUL characters")
		}
		if unicode.IsControl(r) && !unicode.IsSpace(r) {
			controls++
		}
	}
	if controls == 0 {
		return text, nil
	}
	if total := utf8.RuneCountInString(text); float64(controls) > maxControl*float64(total) {
		return "", fmt.Errorf("the file is binary: %d of its %d characters are control characters", controls, total)
	}
	return text, nil
}

// ordinary is the share of characters that a Chinese text consists of.
func ordinary(text string) float64 {
	good, total := 0, 0
	for _, r := range text {
		total++
		switch {
		case r >= 0x4E00 && r <= 0x9FFF, // Han
			r >= ' ' && r <= '~', r == '\n', r == '\r', r == '\t', r == 0xA0,
			r >= 0x2010 && r <= 0x206F, // dashes, quotation marks
			r >= 0x2460 && r <= 0x249B, // ① ⑴ ⒈
			r >= 0x3000 && r <= 0x303F, // 、。《》
			r >= 0xFF00 && r <= 0xFFEF: // full width
			good++
		}
	}
	return float64(good) / float64(max(total, 1))
}

// commonHan is the share of the double-byte characters of GB18030 data that are signs (rows 1
// to 9) or one of the 3,755 most common characters (rows 16 to 55).
func commonHan(data []byte) float64 {
	common, total := 0, 0
	for i := 0; i < len(data); i++ {
		if data[i] < 0x80 || i+1 == len(data) {
			continue
		}
		lead, trail := data[i], data[i+1]
		total++
		i++
		switch {
		case trail >= '0' && trail <= '9': // four bytes: one rare character
			i += 2
		case trail >= 0xA1 && (lead >= 0xA1 && lead <= 0xA9 || lead >= 0xB0 && lead <= 0xD7):
			common++
		}
	}
	return float64(common) / float64(max(total, 1))
}

func invalidAt(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}

// blank is white space and the marks that show nothing.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\uFEFF' || r >= '\u200B' && r <= '\u200D' || r == '\u2060'
}

// binaryFormat names a known file format by its magic number, or gives "".
func binaryFormat(data []byte) string {
	for _, f := range formats {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			return f.name
		}
	}
	// Some magic numbers are plain letters (BM: a bitmap), so a NUL has to confirm them.
	if bytes.IndexByte(data[:min(len(data), 512)], 0) < 0 {
		return ""
	}
	kind, _, _ := strings.Cut(http.DetectContentType(data), ";")
	if strings.HasPrefix(kind, "text/") || kind == "application/octet-stream" {
		return ""
	}
	return "of type " + kind
}

// formats holds what net/http does not know, or knows in files without a NUL near the start.
var formats = []struct{ magic, name string }{
	{"%PDF-", "a PDF document"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an Office document (OLE)"},
	{"PK\x03\x04", "an Office document or zip archive"},
	{`{\rtf`, "a rich text document (RTF)"},
	{"\x1F\x8B", "a gzip archive without the ending .gz"},
	{"\x28\xB5\x2F\xFD", "a zstd archive without the ending .zst"},
	{"7z\xBC\xAF\x27\x1C", "a 7z archive"},
}

var (
	markupStart = regexp.MustCompile(`(?i)^\s*<(!doctype|\?xml|html|head|body|!--|div|p|table|meta|script|span|article|section)\b`)
	closingTag  = regexp.MustCompile(`(?i)</(p|div|span|td|tr|table|a|li|ul|html|body|head|script|title|h[1-6])\s*>`)
)

// maxClosingTags is how many closing tags a plain text may quote.
const maxClosingTags = 3

// isMarkup tells HTML and XML, also when the dump starts in the middle of a page.
func isMarkup(text string) bool {
	prefix := text[:min(len(text), sniffedPrefix)]
	return markupStart.MatchString(prefix) || len(closingTag.FindAllStringIndex(prefix, maxClosingTags+1)) > maxClosingTags
}
