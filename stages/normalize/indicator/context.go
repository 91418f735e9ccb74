package indicator

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/normalize/period"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
)

// span is a closed range of years.
type span struct{ from, to int }

func (s span) several() bool { return s.to > s.from }

// isYear tells years from what is counted from a report year that is not known.
func isYear(n int) bool { return n >= 1900 }

// era says which years a passage speaks of where a statement names none.
type era struct {
	kind  segment.Kind
	years span
	goals bool // of a text without sections, behind 2009年的主要预期目标:
}

// tracker follows the era through the sentences of a report: the review of the year, the
// retrospect of five years, the outlook and the plan follow on one another, each opened by a
// heading or by a sentence such as 五年来… or 2020年是….
type tracker struct {
	year    int
	section int
	fresh   bool // no sentence of the section has been read
	era     era
}

func newTracker(year int) *tracker { return &tracker{year: year, section: -1} }

var (
	pastOpener = pattern.MustCompile(`^(?:各位代表[,!:。]?)?[^,;。!是]{0,14}?(?:[三四五]年来|过去的?[三四五]年|[这近][四五]年|五年间|回顾五年|本届政府|[“"]?十[一二三四五]五[”"]?(?:时期|期间|以来)|[“"][八九十]五[”"](?:时期|期间|计划))`)
	speech     = pattern.MustCompile(`^[^。;]{1,40}?(?:说|指出|表示|强调)[:,]“?`)
	// 2018年以来,… opens a retrospect where it opens its section, elsewhere it speaks for itself
	sinceOpener = pattern.MustCompile(`^(?:各位代表[,!:。]?)?(?:19|20)\d\d年以来,`)
	yearOpener  = pattern.MustCompile(`^(?:各位代表[,!:。]?)?(?:刚刚过去的|过去的|在过去的)?(?:一年来|过去一年|过去的一年|这一年|刚刚过去的一年|去年|上年|(?:19|20)\d\d年(?:,|是|$|[^\p{Han}]|(?:全|我|面对|经济|工作|主要|政府|县|市|区|省|在)))`)
	// 2025年和“十四五”时期工作回顾 begins with the year
	yearFirst = pattern.MustCompile(`^(?:19|20)\d\d年(?:工作)?[和及与暨、]`)
	// 获批国家“十四五”期间第二批试点: the years of what is named, not of the passage
	attributive = pattern.MustCompile(`^(?:第[^,;。]{1,2}批|首批|各项|(?:以来)?[^,;。]{0,4}(?:最|首次|罕见|新高|新低))`)
	yearsGoals  = pattern.MustCompile(`^(?:全[省市县区州盟旗])?(?:国民)?经济(?:和)?社会发展的?(?:主要)?预期目标[是为:,]`)
	planOpener  = pattern.MustCompile(`^(?:各位代表[,!:。]?)?(?:今年|新的一年|做好今年|(?:19|20)\d\d年)`)
)

// at returns the era of the sentence sen, whose text is s.
func (k *tracker) at(t *segment.Text, sen segment.Sentence, s string, kind segment.Kind, hasQuantity bool) era {
	if sen.Section != k.section {
		k.section = sen.Section
		k.era = k.opening(kind, t.Sections[sen.Section].Title)
		k.fresh = true
	} else if kind != k.era.kind {
		k.era = k.opening(kind, "")
	}
	switch kind {
	case segment.Kind("review"), segment.Kind("opening"), segment.Kind("other"):
		if kind != "review" && aimsAt.MatchString(s) {
			for _, e := range period.Find(firstRunes(s, 12), k.year) {
				if e.Kind == period.Year && isYear(e.From) {
					k.era = era{kind: kind, years: span{e.From, e.From}, goals: true}
				}
			}
			return k.era
		}
		if k.year == 0 { // news: 王大山在报告中说,刚刚过去的2015年,…
			if m := speech.FindStringIndex(firstRunes(s, 60)); m != nil {
				s = s[m[1]:]
			}
		}
		head := opener(s)
		var past, year []int
		if head != "" {
			past, year = pastOpener.FindStringIndex(head), yearOpener.FindStringIndex(head)
		}
		if k.fresh && !sen.Heading {
			if past == nil {
				past = sinceOpener.FindStringIndex(firstRunes(s, 40))
			}
			k.fresh = false
		}
		if past != nil && (attributive.MatchString(head[past[1]:]) || sen.Heading && yearFirst.MatchString(unnumbered(head))) {
			past = nil
		}
		k.era.goals = k.era.goals && past == nil && year == nil
		switch {
		case year != nil && (past == nil || sen.Heading && yearBeforePast(head)):
			y := k.year - 1
			for _, e := range period.Find(head[:year[1]], k.year) {
				if e.Kind == period.Year {
					y = e.From
				}
			}
			if k.year == 0 && isYear(y) { // a text of an unknown year follows the years that it names
				k.era.years = span{y, y}
			}
			// a year named among the figures of a retrospect holds for its own sentence only
			if y >= k.year-1 && y <= k.year && (!hasQuantity || sen.Heading || !k.era.years.several()) {
				k.era.years = span{y, y}
				if y == k.year && kind == "review" {
					k.era.years = span{k.year - 1, k.year - 1}
				}
			}
		case past != nil:
			years := k.retrospect(head)
			since := strings.HasSuffix(head[:past[1]], "以来")
			if !sen.Heading && years != k.era.years && (since && (hasQuantity || k.era.years.several()) || hasQuantity && k.era.years.several()) {
				return era{kind: k.era.kind, years: years} // 1999年以来,…: the figures of this sentence
			}
			k.era.years = years
		}
	case segment.Kind("outlook"):
		if yearsGoals.MatchString(s) && strings.Contains(s, "增长") && !strings.Contains(s, "年均") {
			k.era.years = span{k.year, k.year} // behind the goals of five years, under one heading
			break
		}
		for _, e := range period.Find(opener(s), k.year) {
			if e.Kind == period.Span && e.To >= k.year && !e.Base {
				k.era.years = span{max(e.From, k.year), e.To}
				break
			}
		}
	case segment.Kind("plan"):
		if planOpener.MatchString(s) {
			k.era.years = span{k.year, k.year}
		}
	}
	return k.era
}

// opener returns the beginning of a sentence that may tell what years it speaks of, "" for one that
// names no time there.
func opener(s string) string {
	if !period.May(firstBytes(s, 40*utf8.UTFMax)) {
		return ""
	}
	goesOn := strings.HasPrefix(s, "各位代表") || strings.HasPrefix(s, "。") || strings.HasPrefix(s, "!")
	runes := 0
	for i := range len(s) {
		if !utf8.RuneStart(s[i]) {
			continue
		}
		if runes == 40 || !goesOn && (s[i] == '!' || s[i] == "。"[0] && strings.HasPrefix(s[i:], "。")) {
			return s[:i]
		}
		runes++
	}
	return s
}

func yearBeforePast(head string) bool {
	y, p := yearOpener.FindStringIndex(head), pastOpener.FindStringIndex(head)
	return y != nil && p != nil && y[1] < p[1]
}

// unnumbered is a heading without its number.
func unnumbered(title string) string {
	return strings.TrimLeft(title, "一二三四五六七八九、第部分:.() ")
}

// opening gives the era that a section begins with.
func (k *tracker) opening(kind segment.Kind, title string) era {
	switch kind {
	case "review", "opening", "other", "glossary":
		years := span{k.year - 1, k.year - 1}
		if title != "" && !yearBeforePast(strings.TrimLeft(title, "一二三四五六七八九十、第部分:. ")) {
			bare := unnumbered(title)
			if pastOpener.MatchString(bare) && !yearFirst.MatchString(bare) {
				years = k.retrospect(bare)
			}
		}
		return era{kind: kind, years: years}
	case "outlook":
		years := span{k.year, k.year + 4}
		for _, e := range period.Find(title, k.year) {
			if e.Kind == period.Span && e.To >= k.year {
				years = span{max(e.From, k.year), e.To}
			}
		}
		return era{kind: kind, years: years}
	}
	years := span{k.year, k.year}
	for _, e := range period.Find(title, k.year) { // 二、1981年国民经济计划的任务
		if e.Kind == period.Year && e.From >= k.year && e.From <= k.year+2 {
			years = span{e.From, e.To}
		}
	}
	return era{kind: kind, years: years}
}

// retrospect gives the years that 五年来, “十三五”时期 and the like stand for.
func (k *tracker) retrospect(head string) span {
	for _, e := range period.Find(head, k.year) {
		if e.Kind == period.Span && e.From < k.year && !e.Base {
			return span{e.From, min(e.To, k.year-1)}
		}
	}
	return span{k.year - 5, k.year - 1}
}

// future reports whether what the era plans has yet to happen.
func (e era) future(year int) bool {
	switch e.kind {
	case "plan", "outlook", "self_government", "closing":
		return true
	}
	return e.goals || year > 0 && e.years.from > year
}

func runeLen(s string) int { return segment.Runes(s) }
