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

// names finds division names in texts.
type names struct {
	beginning map[string][]*entry // with these two characters, the longest first
	pairs     *[1 << 17 / 64]uint64
}

// bit is the place in pairs of two characters. It may be that of others, too: pairs spares find
// the map for nearly all places of a text.
func bit(one, two rune) (word int, mask uint64) {
	h := uint32(one)*0x9e37 ^ uint32(two)*0x85eb
	h = (h ^ h>>9) & (1<<17 - 1)
	return int(h >> 6), 1 << (h & 63)
}

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
	n := names{make(map[string][]*entry), new([1 << 17 / 64]uint64)}
	for _, e := range byName {
		runes := []rune(e.name)
		first := string(runes[:min(2, len(runes))])
		n.beginning[first] = append(n.beginning[first], e)
		word, mask := bit(runes[0], runes[min(1, len(runes)-1)])
		n.pairs[word] |= mask
	}
	for _, entries := range n.beginning {
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

// find returns the names in a text from left to right, the longest where several begin.
func (n names) find(text string) []mention {
	var found []mention
	one, size := utf8.DecodeRuneInString(text)
	for at := 0; at < len(text); {
		two, next := utf8.DecodeRuneInString(text[at+size:])
		if word, mask := bit(one, two); n.pairs[word]&mask != 0 {
			if e := n.at(text[at:], size+next); e != nil {
				found = append(found, mention{e, at, at + len(e.name)})
				at += len(e.name)
				one, size = utf8.DecodeRuneInString(text[at:])
				continue
			}
		}
		at += size
		one, size = two, next
	}
	return found
}

// at returns the longest name that a text begins with; pair is the length of its first two
// characters.
func (n names) at(text string, pair int) *entry {
	for _, e := range n.beginning[text[:pair]] {
		if strings.HasPrefix(text, e.name) {
			return e
		}
	}
	return nil
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
