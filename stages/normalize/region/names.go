package region

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/schemas/refdata"
)

// entry is a written name and the divisions that it can mean, over all periods.
type entry struct {
	name        string
	full, short []*refdata.Division // by official name; by short name or customary abbreviation
}

// mention is an entry found in a text, at byte offsets.
type mention struct {
	*entry
	start, end int
}

// names finds division names in texts; the key is a name's first two characters.
type names map[string][]*entry

func newNames() names {
	byName := make(map[string]*entry)
	get := func(name string) *entry {
		if byName[name] == nil {
			byName[name] = &entry{name: name}
		}
		return byName[name]
	}
	for _, d := range refdata.Divisions().All() {
		e := get(d.Name)
		e.full = append(e.full, d)
		for _, a := range abbreviations(d) {
			e := get(a)
			e.short = append(e.short, d)
		}
	}
	n := make(names)
	for _, e := range byName {
		n[prefix(e.name)] = append(n[prefix(e.name)], e)
	}
	for _, entries := range n { // longest first
		slices.SortFunc(entries, func(a, b *entry) int { return len(b.name) - len(a.name) })
	}
	return n
}

// abbreviations are the ways in which a name is shortened: 闻喜, 恩施州, 巴州, 锡盟, 大厂县.
func abbreviations(d *refdata.Division) []string {
	short := d.ShortName
	if short == d.Name {
		return nil
	}
	all := []string{short}
	first, size := utf8.DecodeRuneInString(short)
	for _, word := range []string{"区", "州", "县", "旗"} {
		if strings.HasSuffix(d.Name, "自治"+word) {
			all = append(all, short+"自治"+word)
			if word != "区" {
				all = append(all, short+word)
			}
			if word == "州" && len(short) > 3*size {
				all = append(all, string(first)+word)
			}
		}
	}
	if strings.HasSuffix(d.Name, "盟") && len(short) > 2*size {
		all = append(all, string(first)+"盟")
	}
	return slices.DeleteFunc(all, func(a string) bool { return a == d.Name })
}

// prefix is the first two characters of a text.
func prefix(s string) string {
	_, one := utf8.DecodeRuneInString(s)
	_, two := utf8.DecodeRuneInString(s[one:])
	return s[:one+two]
}

// find returns the names in a text from left to right, the longest where several begin.
func (n names) find(text string) []mention {
	var found []mention
	for at := 0; at < len(text); {
		_, step := utf8.DecodeRuneInString(text[at:])
		for _, e := range n[prefix(text[at:])] {
			if strings.HasPrefix(text[at:], e.name) {
				found = append(found, mention{e, at, at + len(e.name)})
				step = len(e.name)
				break
			}
		}
		at += step
	}
	return found
}

// divisions are those that a name can mean in a year; year 0 stands for any. An official name
// that ended in that very year still counts, unless a division of its province took it over.
func (e *entry) divisions(year int) []*refdata.Division {
	inForce := func(d *refdata.Division) bool { return year == 0 || d.InForce(year) }
	var full, short []*refdata.Division
	for _, d := range e.full {
		takenOver := func(o *refdata.Division) bool { return inForce(o) && o.Province == d.Province }
		if inForce(d) || d.To == year && !slices.ContainsFunc(e.full, takenOver) {
			full = append(full, d)
		}
	}
	if len(full) > 0 {
		return full
	}
	for _, d := range e.short {
		if inForce(d) {
			short = append(short, d)
		}
	}
	return short
}

func (e *entry) isFullNameOf(d *refdata.Division) bool { return e.name == d.Name }
