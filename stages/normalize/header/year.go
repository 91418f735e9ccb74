package header

import (
	"strconv"
	"time"

	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
)

var (
	yearRange  = pattern.MustCompile(`\d{4}年?(?:[-—–~至到]+\d{4})+年?`)
	singleYear = pattern.MustCompile(`((?:19|20)\d\d)年?`)
	datedYear  = pattern.MustCompile(`((?:19|20)\d\d)年`)
	looksBack  = pattern.MustCompile(`回顾|总结|完成情况|成就|成绩|执行情况`)
	looksAhead = pattern.MustCompile(`安排|任务|打算|部署|目标|建议|重点|计划|思路|要求|举措`)
	// 2021年是…, 2021年,我们…
	yearStated = pattern.MustCompile(`((?:19|20)\d\d)年,?(?:是|我们|全[省市县区州盟旗])`)
	// 今年是新中国成立75周年
	anniversary = pattern.MustCompile(`今年,?是\p{Han}{0,12}?(?:新中国|中华人民共和国)成立(\d\d)周年`)
	pastYear    = pattern.MustCompile(`过去的(?:一年,?即?)?((?:19|20)\d\d)年`)
)

// years returns the single years named in a phrase; ranges (2016-2020年) do not count.
func years(phrase string, named *pattern.Pattern) []int {
	var all []int
	for _, m := range named.FindAllStringSubmatch(yearRange.ReplaceAllLiteralString(phrase, ""), -1) {
		y, _ := strconv.Atoi(m[1])
		all = append(all, y)
	}
	return all
}

// onlyYear is the year that a title names, 0 if none or several.
func onlyYear(title string) int {
	if all := years(title, singleYear); len(all) == 1 {
		return all[0]
	}
	return 0
}

// planYear finds the year whose plan a report presents and the year that it reviews. The
// headings decide (2020年工作回顾, 2021年工作安排), then the day of delivery, then the title, whose
// year may be either, then the text. An outlook's far year (2035年远景目标) is kept out by the day
// of delivery or the title.
func planYear(title string, p preamble, t *segment.Text) (plan, review int) {
	ahead, back := headingYears(t)
	anchor := onlyYear(title)
	delivered := deliveredFor(p)
	if delivered != 0 {
		anchor = delivered
	}
	near := func(y int) bool { return y != 0 && (anchor == 0 || y-anchor <= 1 && anchor-y <= 1) }
	if ahead > anchor && anchor != 0 && delivered == 0 && back+1 != ahead {
		ahead = 0 // looks beyond the title's year, and no heading looks back on that
	}
	switch {
	case near(ahead):
		plan = ahead
	case delivered != 0:
		plan = delivered
	case back != 0 && near(back+1):
		plan = back + 1
	case anchor != 0:
		plan = anchor
	default:
		plan = statedYear(t)
	}
	if plan == 0 {
		return 0, 0
	}
	if back < plan && back >= plan-2 {
		return plan, back
	}
	return plan, plan - 1
}

// deliveredFor is the year planned for by a report of that day: a congress that meets at the end
// of a year looks at the next one.
func deliveredFor(p preamble) int {
	if !p.date.Valid {
		return 0
	}
	day := time.Unix(int64(p.date.Value.Days)*24*60*60, 0).UTC()
	if day.Month() >= time.November {
		return day.Year() + 1
	}
	return day.Year()
}

// headingYears are the latest years named by headings that look ahead and back.
func headingYears(t *segment.Text) (ahead, back int) {
	for _, s := range t.Sections {
		all := years(arabicYears(s.Title), datedYear)
		if len(all) == 0 {
			continue
		}
		last := all[len(all)-1]
		switch backward, forward := looksBack.MatchString(s.Title), looksAhead.MatchString(s.Title); {
		case backward && forward && len(all) > 1:
			ahead, back = max(ahead, last), max(back, all[0])
		case backward || !forward && s.Kind == segment.Review:
			back = max(back, last)
		case s.Kind == segment.Plan, forward && s.Kind != segment.Outlook:
			ahead = max(ahead, last)
		}
	}
	return ahead, back
}

const founded = 1949 // the year of 新中国成立

// statedYear is the plan year that most sentences of the text speak for, 0 if none does.
func statedYear(t *segment.Text) int {
	votes := make(map[int]int)
	vote := func(named *pattern.Pattern, year func(y, at int) int) {
		for _, m := range named.FindAllStringSubmatchIndex(t.Folded, -1) {
			if y, _ := strconv.Atoi(t.Folded[m[2]:m[3]]); year(y, m[0]) != 0 {
				votes[year(y, m[0])]++
			}
		}
	}
	vote(pastYear, func(y, _ int) int { return y + 1 })
	vote(yearStated, func(y, at int) int {
		switch t.KindAt(at) {
		case segment.Review:
			return y + 1
		case segment.Plan, segment.Closing:
			return y
		}
		return 0
	})
	for _, m := range anniversary.FindAllStringSubmatchIndex(t.Folded, -1) {
		if n, _ := strconv.Atoi(t.Folded[m[2]:m[3]]); t.KindAt(m[0]) == segment.Plan {
			votes[founded+n]++
		}
	}
	best := 0
	for y, n := range votes {
		if n > votes[best] || n == votes[best] && y > best {
			best = y
		}
	}
	return best
}
