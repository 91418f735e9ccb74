package segment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
)

// outline is the top level of a text.
type outline struct {
	layout   *layout
	headings []heading // the top-level ones, in order
	sections []Section
	planYear int // the year that the report plans for, 0 if it does not say
}

// readOutline finds the top-level headings and says what each part is about.
func readOutline(l *layout) *outline {
	o := &outline{layout: l}
	o.headings = topLevel(l)
	text := l.text
	opening := Section{Span{0, len(text)}, "", Other}
	if len(o.headings) > 0 {
		opening = Section{Span{0, o.headings[0].at}, "", Opening}
	}
	if opening.End > 0 {
		o.sections = append(o.sections, opening)
	}
	for i, h := range o.headings {
		end := len(text)
		if i+1 < len(o.headings) {
			end = o.headings[i+1].at
		}
		title := text[h.at:h.end]
		if h.long(l) {
			title, _, _ = strings.Cut(title, ",")
		}
		o.sections = append(o.sections, Section{Span{h.at, end}, strings.TrimRight(title, "。;:"), titleKind(title)})
	}
	o.readPlanYear()
	o.settleKinds()
	if !divides(l, o.headings) && !o.looksBothWays() {
		if parts, year := told(l); parts != nil {
			o.divide(parts, year)
		}
	}
	o.splitReview()
	o.splitClosing()
	return o
}

// splitReview sets a review apart from the opening whose heading is lost.
func (o *outline) splitReview() {
	if len(o.headings) == 0 || o.sections[0].Kind != Opening ||
		slices.ContainsFunc(o.sections, func(s Section) bool { return s.Kind == Review }) {
		return
	}
	before := o.layout.text[:o.sections[0].End]
	short := len(prefixRunes(before, excerptOpening)) == len(before)
	if (short || o.headings[0].marker.number != 2) && !reviewEnds.MatchString(before) {
		return
	}
	review := Section{Span: o.sections[0].Span, Kind: Review}
	if t := newTeller(o.layout); t.starts[t.first()] < review.End {
		review.Start = t.starts[t.first()]
	}
	if review.Start == 0 {
		o.sections[0] = review
		return
	}
	o.sections[0].End = review.Start
	o.sections = slices.Insert(o.sections, 1, review)
}

// looksBothWays reports parts of which one looks back and another ahead.
func (o *outline) looksBothWays() bool {
	is := func(kinds ...Kind) bool {
		return slices.ContainsFunc(o.sections, func(s Section) bool { return slices.Contains(kinds, s.Kind) })
	}
	return is(Plan, Outlook) && is(Review)
}

// divide makes sections of the parts of a report that plans for a year, 0 if it does not say.
func (o *outline) divide(parts []division, year int) {
	text := o.layout.text
	o.headings, o.sections = nil, nil
	if parts[0].at > 0 {
		o.sections = append(o.sections, Section{Span{0, parts[0].at}, "", Opening})
	}
	for i, p := range parts {
		end := len(text)
		if i+1 < len(parts) {
			end = parts[i+1].at
		}
		if p.end > p.at {
			o.headings = append(o.headings, p.heading)
		}
		o.sections = append(o.sections, Section{Span{p.at, end}, strings.TrimRight(text[p.at:p.end], "。;:"), p.kind})
	}
	o.readPlanYear()
	if o.planYear == 0 {
		o.planYear = year
	}
}

// topLevel chooses the numbering that divides the whole text.
func topLevel(l *layout) []heading {
	all := candidates(l)
	var bare []heading
	for _, h := range all {
		if h.marker.style == unnumbered {
			bare = append(bare, h)
		}
	}
	for _, s := range []style{part, comma, bracket, ordinal} {
		chain := chainOf(l, all, s)
		if len(chain) == 1 && chain[0].marker.number == 2 {
			return chain
		}
		if len(chain) < 2 || s == ordinal && !divides(l, chain) {
			continue
		}
		if one := lone(l, all); one != nil && one[0].at < chain[0].at && !divides(l, bare) &&
			(s != part && s != comma || one[0].marker.style == unnumbered && !divides(l, chain)) {
			return one
		}
		// 一、二、 below 2023年工作回顾 and again below 2024年工作安排 number
		// the inner parts: the bare headings are the top level then.
		if divides(l, bare) && bare[0].at < chain[0].at && !divides(l, chain) {
			break
		}
		last := chain[len(chain)-1]
		for _, h := range bare {
			switch title := l.text[h.at:h.end]; titleKind(title) {
			case SelfGovernment, Closing, Glossary:
			default:
				if !annex(title) {
					continue
				}
			}
			if h.at > last.at {
				chain = append(chain, h)
			}
		}
		return chain
	}
	if !divides(l, bare) {
		return lone(l, all)
	}
	return bare
}

// What may stand before the one heading of an excerpt, in runes: a plan's must open it, while a
// report that is cut off behind its first pages may have the frame of a web page before its review.
const (
	excerptOpening = 300
	reviewOpening  = 800
)

// lone returns the one heading of an excerpt: a report, by its title or whom it addresses, that
// opens with the plan of a year or goes no further than its review; nil if there is none.
func lone(l *layout, all []heading) []heading {
	opening := prefixRunes(l.text, excerptOpening)
	addressed := strings.Contains(prefixRunes(l.text, longTitle), "工作报告") || strings.Contains(opening, "各位代表")
	before := prefixRunes(l.text, reviewOpening)
	for _, h := range all {
		if h.at >= len(before) {
			break
		}
		if h.marker.style != unnumbered {
			h.end = l.titleEnd(h.at, h.marker)
		}
		if h.long(l) {
			continue
		}
		switch title := l.text[h.at:h.end]; titleKind(title) {
		case Plan:
			if addressed && h.at < len(opening) && len(years(title)) > 0 {
				return []heading{h}
			}
		case Review:
			if h.marker.number <= 1 && hasAny(before[:h.at], reportSigns) {
				return []heading{h}
			}
		}
	}
	return nil
}

// reportSigns stand above the first heading of a report.
var reportSigns = strings.Fields("工作报告 各位代表 次会议上")

func hasAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// divides reports headings that name at least two of a report's main parts.
func divides(l *layout, headings []heading) bool {
	type part struct {
		kind Kind
		year int
	}
	parts := map[part]bool{}
	for _, h := range headings {
		title := l.text[h.at:h.end]
		if annex(title) {
			continue
		}
		switch kind := titleKind(title); kind {
		case Plan:
			// 2020年工作 and 2021年工作 are two parts.
			parts[part{kind, slices.Max(append(years(title), 0))}] = true
		case Review, Outlook, SelfGovernment:
			parts[part{kind, 0}] = true
		}
	}
	return len(parts) >= 2
}

// chainOf returns the headings of a style that count upwards from one, or from the plan's two where
// the copy lost what stands above the review; the chain ends where the count starts again. A
// miscount is forgiven to a heading that names what its part is about.
func chainOf(l *layout, all []heading, s style) []heading {
	var chain []heading
	last := 0
	if (s == part || s == comma) && beginsWithPlan(l, all, s) {
		last = 1
	}
	for _, h := range all {
		if h.marker.style != s {
			continue
		}
		if h.marker.number == 1 && last > 1 {
			h.end = l.titleEnd(h.at, h.marker)
			if h.at-chain[0].at > contentsLine*len(chain) && l.text[h.at:h.end] != l.text[chain[0].at:chain[0].end] {
				return chain
			}
			chain, last = nil, 0 // that was a table of contents
		}
		h.end = l.titleEnd(h.at, h.marker)
		if h.marker.number == last+1 || last > 0 && h.marker.number >= last && titleKind(l.text[h.at:h.end]) != "" {
			chain = append(chain, h)
			last = h.marker.number
		}
	}
	return chain
}

// beginsWithPlan reports whether the first heading of a style is the second, the plan of a year, and
// none is the first.
func beginsWithPlan(l *layout, all []heading, s style) bool {
	first := slices.IndexFunc(all, func(h heading) bool { return h.marker.style == s })
	if first < 0 || all[first].marker.number != 2 || slices.ContainsFunc(all, func(h heading) bool { return h.marker.style == s && h.marker.number == 1 }) {
		return false
	}
	h := all[first]
	title := l.text[h.at:l.titleEnd(h.at, h.marker)]
	return titleKind(title) == Plan && len(years(title)) > 0
}

const contentsLine = 120 // bytes; parts shorter than this are lines of a table of contents

var openingYear = pattern.MustCompile(`(\d{4}|[一二][〇○零一二三四五六七八九]{3})年(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})日`)

// readPlanYear takes the report's year from its headings, else from the date
// in its opening.
func (o *outline) readPlanYear() {
	for _, s := range o.sections {
		for _, year := range years(s.Title) {
			switch s.Kind {
			case Review:
				o.planYear = max(o.planYear, year+1)
			case Plan:
				o.planYear = max(o.planYear, year)
			}
		}
	}
	if o.planYear > 0 && len(o.headings) > 1 || len(o.sections) == 0 {
		return
	}
	// One heading of the year before the day of delivery, 2009年的主要工作, looks back.
	if given := deliveryYear(o.layout); given > 0 && (o.planYear == 0 || given == o.planYear+1) {
		o.planYear = given
	}
}

// deliveryYear is the year of the day that the opening names, 0 if it names none.
func deliveryYear(l *layout) int {
	m := openingYear.FindStringSubmatch(prefixRunes(l.text, 400))
	if m == nil {
		return 0
	}
	year := 0
	for _, r := range m[1] { // 2026, 二〇二六
		if year *= 10; r < utf8.RuneSelf {
			year += int(r - '0')
		} else {
			year += chineseDigit(r)
		}
	}
	return year
}

// settleKinds decides the parts whose title alone does not.
func (o *outline) settleKinds() {
	if len(o.headings) != 1 && !divides(o.layout, o.headings) && !strings.Contains(prefixRunes(o.layout.text, 600), "审议") {
		// No report, which is put before an assembly, nor an excerpt of one:
		// headings of another article may well say 成效 or 目标.
		for i := range o.sections {
			if s := &o.sections[i]; s.Kind != Opening && s.Kind != Glossary {
				s.Kind = Other
			}
		}
		return
	}
	for i := range o.sections {
		s := &o.sections[i]
		switch {
		case s.Kind == Plan && (i+1 < len(o.sections) || len(o.headings) == 1):
			// 2020年工作 is a review where a later year is planned.
			if y := years(s.Title); len(y) > 0 && slices.Max(y) < o.planYear {
				s.Kind = Review
			}
		case s.Kind != "":
		case annex(s.Title):
			s.Kind = Other
		default:
			s.Kind = tendency(o.layout.text[s.Start:s.End])
			before := o.sections[max(i-1, 0)].Kind
			if (before == Plan || before == Outlook) && s.Kind != Review {
				s.Kind = before
			}
		}
	}
}

// tendency tells a part that looks back from one that looks ahead by its words.
func tendency(text string) Kind {
	back := strings.Count(text, "了") + strings.Count(text, "五年来") + strings.Count(text, "已")
	ahead := strings.Count(text, "要") + strings.Count(text, "继续") + strings.Count(text, "今后")
	switch {
	case back > 2*ahead:
		return Review
	case ahead <= back:
		return Other
	case strings.Count(text, "今后五年")+strings.Count(text, "未来五年") > strings.Count(text, "今年"):
		return Outlook
	}
	return Plan
}

// A closing address is between these lengths, and the part before it at least
// as long as partBytes.
const (
	closingBytes = 120
	closingRunes = 1500
	// closingFigures are more numbers than a closing address holds: beyond them it goes on with works.
	closingFigures = 6
	partBytes      = 300
)

// splitClosing sets the last address to the delegates apart where it starts a
// sentence behind the last part's own text rather than
// opening that part.
func (o *outline) splitClosing() {
	for i := len(o.sections) - 1; i > 0; i-- {
		s := &o.sections[i]
		if s.Kind == Glossary || s.Kind == Other || annex(s.Title) {
			continue
		}
		if s.Kind == Closing {
			return
		}
		text := o.layout.text[s.Start:s.End]
		at := strings.LastIndex(text, "各位代表")
		if at < 0 {
			at = strings.LastIndex(text, "各位主任、委员")
		}
		if at < len(s.Title)+partBytes || len(text)-at < closingBytes || !terminated(text[:at]) ||
			utf8.RuneCountInString(text[at:]) > closingRunes || figures(text[at:]) > closingFigures {
			return
		}
		closing := Section{Span: Span{s.Start + at, s.End}, Kind: Closing}
		s.End = closing.Start
		o.sections = slices.Insert(o.sections, i+1, closing)
		return
	}
}

// figures counts the numbers in digits of a text.
func figures(s string) (n int) {
	within := false
	for i := range len(s) {
		digit := s[i] >= '0' && s[i] <= '9'
		if digit && !within {
			n++
		}
		within = digit || within && s[i] == '.'
	}
	return n
}
