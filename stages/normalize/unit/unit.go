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
)

//go:embed units.csv
var table string

// Unit is a row of units.csv.
type Unit struct {
	Written   string // as it stands in texts: 平米
	Name      string // the table's unit: 平方米
	Dimension string // currency, percent, points, area, length, mass, count, person …
	// SI is the factor to SIUnit (亩 → 10000/15 m2); nil where there is no conversion.
	SI     *big.Rat
	SIUnit string
	// SIPower is the power of ten that SI is, where it is one and SITen says so: no need for exact
	// fractions then.
	SIPower int
	SITen   bool
	// NotBefore lists the characters that make the unit the start of another word: 项 before 目.
	NotBefore string
	Example   string
}

// Match is what stands behind a numeral.
type Match struct {
	Unit  Unit
	Power int    // of ten: 亿元 has 8
	Text  string // as written, with the multiplier: 万余户
	Vague bool   // 余, 多, 来: more than the number
	Some  bool   // a multiplier or a unit was found
}

// Table is the parsed units.csv; it is read-only and safe for concurrent use.
type Table struct {
	byFirst map[rune][]Unit // longest first
}

// Load parses the embedded table.
func Load() (*Table, error) {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("units.csv: %w", err)
	}
	t := &Table{byFirst: map[rune][]Unit{}}
	for _, r := range rows[1:] {
		u := Unit{Written: r[0], Name: r[1], Dimension: r[2], SIUnit: r[4], NotBefore: r[5], Example: r[6]}
		if r[3] != "" {
			f, ok := new(big.Rat).SetString(r[3])
			if !ok {
				return nil, fmt.Errorf("units.csv: %s: %q is no factor", u.Written, r[3])
			}
			u.SI = f
			u.SIPower, u.SITen = powerOfTen(f)
		}
		first, _ := utf8.DecodeRuneInString(u.Written)
		list := t.byFirst[first]
		i := 0
		for i < len(list) && len(list[i].Written) >= len(u.Written) {
			i++
		}
		t.byFirst[first] = append(list[:i], append([]Unit{u}, list[i:]...)...)
	}
	return t, nil
}

// powerOfTen returns n if f is 10^n.
func powerOfTen(f *big.Rat) (n int, ok bool) {
	zeros := func(i *big.Int) int { return len(i.String()) - 1 }
	digits := strings.ReplaceAll(f.Num().String()+f.Denom().String(), "0", "")
	return zeros(f.Num()) - zeros(f.Denom()), digits == "11"
}

var multipliers = map[rune]int{'百': 2, '千': 3, '万': 4, '亿': 8}

// Match reads the unit at the beginning of s.
func (t *Table) Match(s string) Match {
	var m Match
	i := 0
	vague := func(words ...string) {
		for _, w := range words {
			if strings.HasPrefix(s[i:], w) {
				m.Vague = true
				i += len(w)
			}
		}
	}
	vague("余", "多", "来")
	for i < len(s) {
		u, ok := t.longest(s[i:])
		if split, n := t.splitByVague(s[i:]); n > len(u.Written) {
			m.Unit, m.Some, m.Vague = split, true, true
			i += n
			break
		}
		if ok {
			m.Unit, m.Some = u, true
			i += len(u.Written)
			break
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		p, ok := multipliers[r]
		if !ok {
			break
		}
		m.Power += p
		m.Some = true
		i += size
		vague("余", "多", "来")
	}
	if !m.Some {
		return Match{}
	}
	if strings.HasPrefix(s[i:], "/") || strings.HasPrefix(s[i:], "每") {
		i += t.denominator(s[i:], &m)
	}
	if rest := strings.TrimLeft(s[i:], "余多"); m.Unit.Name != "" && !startsWord(rest) {
		vague("余", "多") // 5公里多, but not 3所多功能厅
	}
	m.Text = s[:i]
	return m
}

// splitByVague reads the unit of 5个多月, which 多 splits, and its length.
func (t *Table) splitByVague(s string) (Unit, int) {
	for _, w := range []string{"个多", "个余"} {
		if rest, ok := strings.CutPrefix(s, w); ok {
			if u, ok := t.longest("个" + rest); ok && u.Written != "个" {
				return u, len(u.Written) + len("多")
			}
		}
	}
	return Unit{}, 0
}

// startsWord reports whether s goes on with a character that a word may begin with.
func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
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
	u, ok := t.longest(inner)
	if !ok || m.Unit.Name == "" {
		return 0
	}
	n := len(s) - len(inner) + len(u.Written)
	m.Unit = Unit{Written: m.Unit.Written + s[:n], Name: m.Unit.Name + "/" + s[size:n], Dimension: m.Unit.Dimension + "_rate"}
	return n
}

func (t *Table) longest(s string) (Unit, bool) {
	r, _ := utf8.DecodeRuneInString(s)
	for _, u := range t.byFirst[r] {
		if !strings.HasPrefix(s, u.Written) {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(s[len(u.Written):]); u.NotBefore == "" || !strings.ContainsRune(u.NotBefore, next) {
			return u, true
		}
	}
	return Unit{}, false
}

// ToSI converts value×unit; ok is false where the unit has no conversion.
func (u Unit) ToSI(value *big.Rat) (v float64, ok bool) {
	if u.SI == nil {
		return 0, false
	}
	f, _ := new(big.Rat).Mul(value, u.SI).Float64()
	return f, true
}
