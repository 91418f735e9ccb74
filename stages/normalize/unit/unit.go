// Package unit reads what stands behind a numeral: vague words (余, 多), multipliers (万, 亿)
// and the unit itself, from a table of units (units.csv, one example per row).
//
// Input: the folded text right behind a numeral. Output: a Match with the unit's canonical
// name, dimension, power of ten and how far it reaches. Which numerals are quantities at all
// is decided in package indicator.
package unit

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math/big"
	"strings"
	"unicode"
	"unicode/utf8"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/vocabulary"
)

//go:embed units.csv
var table string

// Unit is a row of units.csv.
type Unit struct {
	Written   string // as it stands in texts: 平米
	Name      string // the table's unit: 平方米
	Dimension string // currency, percent, points, area, length, mass, count, person …
	// SI is the factor to SIUnit (亩 → 10000/15 m2); nil where there is no conversion.
	SI                     *big.Rat
	numerator, denominator int64 // of SI
	SIUnit                 string
	// NotBefore lists the characters that make the unit the start of another word: 项 before 目.
	NotBefore string
	Example   string
}

// Match is what stands behind a numeral.
type Match struct {
	Unit  *Unit  // never nil: without a unit, one without a name
	Power int    // of ten: 亿元 has 8
	Text  string // as written, with the multiplier: 万余户
	Vague bool   // 余, 多, 来: more than the number
	Some  bool   // a multiplier or a unit was found
}

// Table is the parsed units.csv; it is read-only and safe for concurrent use.
type Table struct {
	units  vocabulary.Words[*Unit]
	begins vocabulary.Filter // what a match can begin with
}

// Load parses the embedded table.
func Load() (*Table, error) {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("units.csv: %w", err)
	}
	t := &Table{}
	for _, r := range rows[1:] {
		u := &Unit{Written: r[0], Name: r[1], Dimension: r[2], SIUnit: r[4], NotBefore: r[5], Example: r[6]}
		if r[3] != "" {
			f, ok := new(big.Rat).SetString(r[3])
			if !ok {
				return nil, fmt.Errorf("units.csv: %s: %q is no factor", u.Written, r[3])
			}
			if !f.Num().IsInt64() || !f.Denom().IsInt64() {
				return nil, fmt.Errorf("units.csv: %s: the factor %q is too large", u.Written, r[3])
			}
			u.SI, u.numerator, u.denominator = f, f.Num().Int64(), f.Denom().Int64()
		}
		t.units.Set(u.Written, u)
		first, _ := utf8.DecodeRuneInString(u.Written)
		t.begins.Add(first)
	}
	for _, r := range "万亿千百余多来" { // multipliers and vague words
		t.begins.Add(r)
	}
	return t, nil
}

// multiplier returns the power of ten of the multiplier that s begins with, and its length.
func multiplier(s string) (power, n int) {
	switch {
	case strings.HasPrefix(s, "万"):
		return 4, len("万")
	case strings.HasPrefix(s, "亿"):
		return 8, len("亿")
	case strings.HasPrefix(s, "千"):
		return 3, len("千")
	case strings.HasPrefix(s, "百"):
		return 2, len("百")
	}
	return 0, 0
}

// none is what stands for no unit.
var none = &Unit{}

// Match reads the unit at the beginning of s.
func (t *Table) Match(s string) Match {
	if first, _ := utf8.DecodeRuneInString(s); !t.begins.May(first) {
		return Match{Unit: none}
	}
	m := Match{Unit: none}
	i := vague(s, true)
	m.Vague = i > 0
	for i < len(s) {
		u := t.longest(s[i:])
		if split, n := t.splitByVague(s[i:]); n > len(u.Written) {
			m.Unit, m.Some, m.Vague = split, true, true
			i += n
			break
		}
		if u != none {
			m.Unit, m.Some = u, true
			i += len(u.Written)
			break
		}
		power, n := multiplier(s[i:])
		if n == 0 {
			break
		}
		m.Power += power
		m.Some = true
		i += n
		n = vague(s[i:], true)
		m.Vague = m.Vague || n > 0
		i += n
	}
	if !m.Some {
		return Match{Unit: none}
	}
	if strings.HasPrefix(s[i:], "/") || strings.HasPrefix(s[i:], "每") && m.Unit.Dimension != "year" { // 连续4年每年增长
		i += t.denominator(s[i:], &m)
	}
	if m.Unit.Name != "" {
		// 5公里多, but not 3所多功能厅
		if n := vague(s[i:], false); n > 0 && !startsWord(strings.TrimLeft(s[i:], "余多")) {
			m.Vague = true
			i += n
		}
	}
	m.Text = s[:i]
	return m
}

// vague measures the words that s begins with which say that there is more: 余, 多, and 来 where that
// may be one.
func vague(s string, come bool) int {
	i := 0
	if strings.HasPrefix(s, "余") {
		i += len("余")
	}
	if strings.HasPrefix(s[i:], "多") {
		i += len("多")
	}
	if come && strings.HasPrefix(s[i:], "来") {
		i += len("来")
	}
	return i
}

// splitByVague reads the unit of 5个多月, which 多 splits, and its length.
func (t *Table) splitByVague(s string) (*Unit, int) {
	rest, ok := strings.CutPrefix(s, "个")
	if ok && (strings.HasPrefix(rest, "多") || strings.HasPrefix(rest, "余")) {
		if u := t.longest("个" + rest[len("多"):]); u != none && u.Written != "个" {
			return u, len(u.Written) + len("多")
		}
	}
	return none, 0
}

// startsWord reports whether s goes on with a character that a word may begin with.
func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if r >= 0x4e00 && r <= 0x9fff {
		return r != '的'
	}
	return unicode.Is(unicode.Han, r) && r != '的'
}

// denominator reads 元/吨 and 元/人·月 behind a unit; it widens the unit's name.
func (t *Table) denominator(s string, m *Match) int {
	_, size := utf8.DecodeRuneInString(s)
	inner := s[size:]
	for _, p := range []string{"万", "百", "千"} {
		if strings.HasPrefix(inner, p) && !strings.HasPrefix(inner, "千米") && !strings.HasPrefix(inner, "千克") && !strings.HasPrefix(inner, "千瓦") {
			inner = inner[len(p):]
			break
		}
	}
	u := t.longest(inner)
	if u == none || m.Unit.Name == "" {
		return 0
	}
	n := len(s) - len(inner) + len(u.Written)
	m.Unit = &Unit{Written: m.Unit.Written + s[:n], Name: m.Unit.Name + "/" + s[size:n], Dimension: m.Unit.Dimension + "_rate"}
	return n
}

// longest returns the longest unit that s begins with, none if there is none.
func (t *Table) longest(s string) *Unit {
	_, u := t.units.PrefixFunc(s, func(w string, u *Unit) bool {
		if u.NotBefore == "" {
			return true
		}
		next, _ := utf8.DecodeRuneInString(s[len(w):])
		return !strings.ContainsRune(u.NotBefore, next)
	})
	if u == nil {
		return none
	}
	return u
}

// ToSI converts v × 10^power units; ok is false where the unit has no conversion.
func (u *Unit) ToSI(v number.Decimal, power int) (si float64, ok bool) {
	if u.SI == nil {
		return 0, false
	}
	return v.Scaled(power, u.numerator, u.denominator), true
}
