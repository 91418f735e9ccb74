package region

import (
	"slices"

	"xianzhi/schemas/refdata"
)

// tally counts how often a text names a division.
type tally struct {
	full  int // by its official name
	short int // by a short name, which may be shared
}

// body counts the divisions named in the whole text, once.
func (in *inquiry) body() map[*refdata.Division]tally {
	if in.inBody == nil {
		in.inBody = make(map[*refdata.Division]tally)
		for _, m := range in.names.find(in.query.Body) {
			for _, d := range m.divisions(in.query.Year) {
				t := in.inBody[d]
				if m.isFullNameOf(d) {
					t.full++
				} else {
					t.short++
				}
				in.inBody[d] = t
			}
		}
	}
	return in.inBody
}

// surroundings counts the mentions of a division's parents, parts and neighbours in the text.
func (in *inquiry) surroundings(d *refdata.Division) int {
	n := 0
	for other, t := range in.body() {
		if other == d || other.Level == refdata.Nation || other.ShortName == d.ShortName {
			continue
		}
		switch {
		case d.Within(other), other.Within(d):
			n += 3*t.full + 2*t.short
		case d.Prefecture != nil && other.Prefecture == d.Prefecture:
			n += 2 * t.full
		}
	}
	return n
}

// prevailing is the division that the text of a document without a telling title names most, of
// the level that it speaks of as its own (我县). It must stand out: named often enough for the
// length of the text, and twice as often as any other of that level.
func (in *inquiry) prevailing() []*refdata.Division {
	if in.own == "" {
		return nil
	}
	count := make(map[*refdata.Division]int)
	for d, t := range in.body() {
		if hasLevelWord(d, in.own) {
			count[d] = 2*t.full + t.short
		}
	}
	best := highest(count, 0)
	if len(best) == 0 || count[best[0]] < min(10, max(4, len(in.query.Body)/500)) {
		return nil
	}
	best = highest(count, count[best[0]]/2)
	for _, d := range best {
		in.why[d] = append(in.why[d], "the text names it most")
	}
	return best
}

// sole is the division that the text names by its official name, twice at least, if all others
// that it names so are its parents: a news item seldom says more of its place.
func (in *inquiry) sole() []*refdata.Division {
	var named []*refdata.Division
	for d, t := range in.body() {
		if t.full > 0 && d.Level != refdata.Nation && len(d.Name) > len("城区") {
			named = append(named, d)
		}
	}
	if in.query.Year == 0 {
		named = newest(named)
	}
	lowest := prefer(named, func(d *refdata.Division) bool {
		return !slices.ContainsFunc(named, func(o *refdata.Division) bool { return o != d && o.Within(d) })
	})
	if len(lowest) != 1 || in.body()[lowest[0]].full < 2 ||
		slices.ContainsFunc(named, func(o *refdata.Division) bool { return !lowest[0].Within(o) }) {
		return nil
	}
	in.why[lowest[0]] = append(in.why[lowest[0]], "the text names no other")
	return lowest
}
