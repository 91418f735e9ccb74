package segment

import (
	"slices"
	"strconv"
	"strings"

	"xianzhi/stages/pattern"
)

// division is where a part begins; its heading is text[at:end], empty if it has none.
type division struct {
	heading
	kind Kind
}

var (
	// Behind these a report's own words begin.
	presented = pattern.MustCompile(`报告(政府)?工作|作(政府)?工作报告|请予?审议`)
	// With these a review ends.
	reviewEnds = pattern.MustCompile(`(清醒|清楚|深刻)地?(认识|看|意识)到|(困难|问题|不足|挑战)[和与](困难|问题|不足|挑战)|(衷心|诚挚)的?(感谢|谢意)|崇高的?敬意`)
	yearAhead  = pattern.MustCompile(`^((?P<year>\d{4})年|今年|新的一年)(,?(也|既|更|将)?是.{0,70}年|.{0,30}(预期目标|主要目标|总体要求|总体思路|指导思想|重点(抓|做|工作)|各项工作|政府工作))` +
		`|^(做好|围绕|根据|按照).{0,40}(今年|新的一年).{0,30}(目标|要求|思路|工作)` +
		`|^(全[省市县区州盟旗]|政府|工作|主要|经济社会).{0,16}(总体要求|指导思想|总体思路|预期目标)[是为]`)
	planAhead = pattern.MustCompile(`^(展望)?“?(?P<plan>十[一二三四五六七八九]?)五”?(时期|期间|末|主要|总体|规划)|^(今后|未来|下一个?)五年|第(?P<numbered>十[一二三四五六七八九]?)个五年规划`)
)

// told divides a report that its headings do not divide by what it says: behind the thanks and the
// problems of its review it turns to the next five years or to the year ahead. A heading that
// stands there is kept. Nil if there is no such turn.
func told(l *layout) ([]division, int) {
	if !hasAny(prefixRunes(l.text, reviewOpening), reportSigns) {
		return nil, 0
	}
	told := newTeller(l)
	first := told.first()
	told.year = told.reportYear(first)
	ended, outlook := false, -1
	for i := first; i < len(told.starts)-1; i++ {
		kind, dated := told.ahead(i)
		switch {
		case !ended && !(dated && i > first):
			if told.plans(i) {
				return nil, 0 // an excerpt that opens with the plan
			}
			ended = reviewEnds.MatchString(told.unit(i))
		case kind == Outlook && outlook < 0:
			outlook = i
		case kind == Plan:
			return told.divisions(first, outlook, i), told.year
		}
	}
	return nil, 0
}

// teller reads the lines of a report or, in a text that has none, its sentences.
type teller struct {
	*layout
	starts []int // where they begin, and the end of the text
	all    []heading
	year   int // that the report plans for, 0 if it does not say
}

func newTeller(l *layout) *teller {
	starts := l.lines
	if l.running() {
		starts = l.sentenceStarts()
	}
	return &teller{layout: l, starts: append(slices.Clip(starts), len(l.text)), all: candidates(l)}
}

func (t *teller) unit(i int) string { return t.text[t.starts[i]:t.starts[i+1]] }

// first is the unit behind those that present the report.
func (t *teller) first() int {
	at := presented.FindStringIndex(prefixRunes(t.text, reviewOpening))
	if at == nil {
		return 0
	}
	i, found := slices.BinarySearch(t.starts, at[1])
	for !found && i < len(t.starts)-2 && hasPrefix(t.unit(i), asides) {
		i++
	}
	return min(i, len(t.starts)-2)
}

var asides = []string{"请", "并请"}

// reportYear is the year after the one that the review begins with, be it on the line that presents
// the report, or that of delivery.
func (t *teller) reportYear(first int) int {
	for _, begins := range []string{t.unit(first), t.presenting()} {
		if m := leadingYear.FindStringSubmatch(clip(begins)); m != nil {
			year, _ := strconv.Atoi(m[1])
			return year + 1
		}
	}
	return deliveryYear(t.layout)
}

// presenting is what follows the sentence that presents the report.
func (t *teller) presenting() string {
	at := presented.FindStringIndex(prefixRunes(t.text, reviewOpening))
	if at == nil {
		return ""
	}
	_, behind, _ := strings.Cut(t.text[at[1]:], "。")
	return behind
}

// 2023年,我们…; 刚刚过去的2023年
var leadingYear = pattern.MustCompile(`^(?:(?:刚刚)?过去的)?(\d{4})年`)

// ahead is the kind of a part that begins with a unit, "" if none ahead does, and whether the unit
// names the year that the report plans for: no review does so at the beginning of a line.
func (t *teller) ahead(i int) (kind Kind, dated bool) {
	if t.plans(i) {
		return Plan, false
	}
	words := openingWords(clip(t.unit(i)))
	if m := yearAhead.FindStringSubmatch(words); m != nil {
		if year, _ := strconv.Atoi(m[yearAhead.SubexpIndex("year")]); year == 0 || year >= t.year {
			return Plan, year > 0 && year == t.year && !t.running()
		}
	}
	if m := planAhead.FindStringSubmatch(words); m != nil {
		number, n := chineseNumber(m[planAhead.SubexpIndex("plan")] + m[planAhead.SubexpIndex("numbered")])
		if n == 0 || t.year > 0 && planEnd(number) >= t.year {
			return Outlook, false
		}
	}
	return "", false
}

// plans reports a unit that is the heading of a year's plan.
func (t *teller) plans(i int) bool {
	h := t.headingAt(t.starts[i])
	if h == nil {
		return false
	}
	title := t.text[h.at:h.end]
	return titleKind(title) == Plan && named(title)
}

// headingAt is the heading at an offset, nil if none stands there.
func (t *teller) headingAt(at int) *heading {
	for _, h := range t.all {
		if h.at != at || h.marker.style == bracket || h.marker.style == ordinal {
			continue
		}
		if h.marker.style != unnumbered {
			h.end = t.titleEnd(h.at, h.marker)
		}
		if !h.long(t.layout) {
			return &h
		}
	}
	return nil
}

// divisions are the parts that begin with the units, -1 for none, and those that have headings behind.
func (t *teller) divisions(review, outlook, plan int) []division {
	var out []division
	for _, part := range []struct {
		unit int
		kind Kind
	}{{review, Review}, {outlook, Outlook}, {plan, Plan}} {
		if part.unit < 0 {
			continue
		}
		at := t.starts[part.unit]
		d := division{heading{at: at, end: at}, part.kind}
		if h := t.headingAt(at); h != nil {
			d.heading = *h
		} else if part.unit > 0 {
			if h := t.headingAt(t.starts[part.unit-1]); h != nil && h.end == at {
				d.heading = *h
			}
		}
		out = append(out, d)
	}
	last := out[len(out)-1].at
	for _, c := range t.all {
		if c.at <= last {
			continue
		}
		h := t.headingAt(c.at)
		if h == nil {
			continue
		}
		title := t.text[h.at:h.end]
		switch kind := titleKind(title); {
		case kind == SelfGovernment, kind == Closing, kind == Glossary, kind == Plan && named(title):
			out = append(out, division{*h, kind})
		case annex(title):
			out = append(out, division{*h, Other})
		}
	}
	return out
}
