package script

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed traditional.txt
var pairs string

// The block that all traditional characters are in.
const (
	first = 0x4E00
	last  = 0x9FFF
)

// simplified gives the simplified form of a traditional character, 0 for any other.
var simplified = sync.OnceValue(func() *[last - first + 1]uint16 {
	var table [last - first + 1]uint16
	for line := range strings.Lines(pairs) {
		r, n := utf8.DecodeRuneInString(line)
		s, _ := utf8.DecodeRuneInString(line[n:])
		table[r-first] = uint16(s)
	}
	return &table
})

// enough is the length in runes in which a text in traditional characters shows itself.
const enough = 400

// Simplified returns s in simplified characters; a text without a traditional one in its first
// few hundred is returned as it is.
func Simplified(s string) string {
	table := simplified()
	seen := 0
	for _, r := range s {
		if seen++; seen > enough {
			return s
		}
		if r >= first && r <= last && table[r-first] != 0 {
			return fold(s, table)
		}
	}
	return s
}

// fold writes the simplified characters over the traditional ones, which are as long.
func fold(s string, table *[last - first + 1]uint16) string {
	out := []byte(s)
	for i, r := range s {
		if r >= first && r <= last && table[r-first] != 0 {
			utf8.EncodeRune(out[i:], rune(table[r-first]))
		}
	}
	return string(out)
}
