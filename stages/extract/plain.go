package extract

import (
	"strings"
	"time"
	"unicode"

	"xianzhi/stages/pattern"
	"xianzhi/stages/script"
)

const (
	maxTitle       = 60   // code points of a plain file's headline
	headLines      = 12   // lines in which the headline of a plain file is looked for
	openingChars   = 3000 // code points in which a report makes itself known
	minChromeLines = 2    // footer lines that make a text without article a page's chrome
)

var (
	reportHeadline = pattern.MustCompile(`(工作报告|统计公报|发展公报|计划(草案)?的报告)\s*([（(【].{0,40}[)）】])?$`)
	// reportLine is a report's headline by itself: what is above it is the frame of a web page, unless it tells of one.
	reportLine     = pattern.MustCompile(`^[^。！？!?;；:：，,|]{0,36}?(?:政\s*府\s*工\s*作\s*报\s*告|统计公报)\s*([（(【].{0,40}[)）】])?$`)
	tellsOfReport  = pattern.MustCompile(`作(了|的)?《?政府|听取|审议|讨论|学习|贯彻|解读|起草|征求|热议|评议|通过|关于`)
	labelledTitle  = pattern.MustCompile(`^(?:文件|信息)?(?:名称|标题)\s*[:：|]\s*([^|:：]{4,60}?)\s*(?:\||$)`)
	trailingDate   = pattern.MustCompile(`^(.{6,}?)\s+(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s.*)?$`)
	officerLine    = pattern.MustCompile(`^\p{Han}{0,24}(?:(?:省长|市长|县长|区长|州长|旗长|盟长|专员|自治区主席)[\s　]+\p{Han}[\p{Han}·\s　]{0,12}|人民政府代?(?:理)?[省市县区州旗]长\p{Han}{2,4})$`)
	inlineHeadline = pattern.MustCompile(`^([^。！？!?;；:：]{0,40}?(?:政府工作报告|统计公报))(?:[\s　]|各位|——|[（(]|\d{4}年)`)
	sentenceEnd    = pattern.MustCompile(`[。；;，,、：:]$|。`)
	sectionStart   = pattern.MustCompile(`^([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(部分|章)|\d{1,2}[.．、])`)
	addressLine    = pattern.MustCompile(`^各位(代表|委员|主任)|^(同志们|现在)[，,：:]`)
	meetingLine    = pattern.MustCompile(`^[—－─\-(（\s]*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(会议|大会)上[)）]?$`)
	sourceLine     = pattern.MustCompile(`^【?(发布部门|实施日期|时效性|效力级别|来源|信息来源|文章来源|作者|发布(时间|日期|机构)|日期|时间|责任编辑|编辑|字号|浏览(次数|量)|索引号|点击数)\s*[：:】]`)
	crumbLine      = pattern.MustCompile(`^(您?(现在|当前)(所在)?(的)?位置|首页|网站首页|快捷搜索|会员登录|无障碍|长辈版|放大字体|\p{Han}{2,5}网$|\|)|摄$|加入收藏|设为首页|上一版|下一版|总第\d+期|[>»›].*[>»›]|门户网站$`)
	footerLine     = pattern.MustCompile(`^(共\s*\d+\s*页|第?\s*\d+\s*/\s*\d+\s*页?|[首上下尾末]一?页|(\+?\d{2,4}[- ])?\d{3,4}-?\d{3,4}-?\d{0,4}|联系我们|关于我们|版权所有.*|版权声明.*|Copyright.*|©.*|.{0,40}ICP备.{0,40}|.{0,20}公网安备.{0,40}|.*点我投稿|投稿提示|我已阅读并同意.*|.{0,6}(咨询|服务|联系)(热线|电话).{0,20}|招商中心|返回(顶部|首页)|扫一扫.*|打印本页|关闭(窗口|本页)?|相关(推荐|阅读|文章)|热门(推荐|文章))$`)
	dateOnly       = pattern.MustCompile(`^(?:(?:发布|发表|更新|公布)?(?:时间|日期|于)?\s*[：:]?\s*)?[\[(（]?((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?[\])）]?$`)
	labelledDate   = pattern.MustCompile(`(?:发布|发表|公布)(?:时间|日期)\s*[：:]\s*((?:19|20)\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})`)
	numericDate    = pattern.MustCompile(`^(?:时间\s*[：:]\s*)?\d{4}[-/.]`)
	selfNaming     = pattern.MustCompile(`各位代表|各位委员|政府工作报告|政府工作|统计公报|代表.{0,12}(人民政府|国务院|行署).{0,12}报告`)
	reportParts    = []string{"工作回顾", "工作安排", "工作部署", "目标任务", "预期目标", "主要任务", "重点工作", "总体要求", "自身建设"}
)

// plain reads a text that is no listing: the title is the report's headline among the first lines
// or, where there is none, the first line that looks like a headline; the body is everything after it.
func plain(text string, lines []line) Article {
	var a Article
	body := text
	below := lines // the lines from the headline on
	head := lines[:min(len(lines), headLines)]
	take := func(i int, title, tag string) {
		l := lines[i]
		a.Title, a.Tag, below = title, tag, lines[i:]
		body = text[l.start+strings.Index(text[l.start:], title)+len(title):]
	}
	for i, l := range head {
		if title, tag, ok := titleAt(l.text); ok {
			take(i, title, tag)
			break
		}
		if !preamble(l.text) {
			break
		}
	}
	if !reportHeadline.MatchString(a.Title) {
		for i, l := range head {
			if longer(l.text, maxHeadline) || addressLine.MatchString(l.text) {
				break // running text
			}
			if title, tag, ok := titleAt(l.text); ok && reportLine.MatchString(title) && !tellsOfReport.MatchString(title) {
				take(i, title, tag)
				break
			}
		}
	}
	a.Text = strings.TrimSpace(body)
	a.PublishedOn = publishedOn(lines)
	if a.PublishedOn == "" {
		a.PublishedOn = publishedOn(below)
	}
	return a
}

// verbatim gives what was read in a text's simplified form, in which places are the same, as it
// stands in the text.
func verbatim(text string, a Article) Article {
	end := len(strings.TrimRightFunc(text, unicode.IsSpace))
	body := end - len(a.Text)
	if at := strings.Index(script.Simplified(text)[:body], a.Title); at >= 0 {
		a.Title = text[at : at+len(a.Title)]
	}
	a.Text = text[body:end]
	return a
}

// titleAt reads a headline: the whole line but for list marks, or its start where a text came as
// a single line.
func titleAt(s string) (title, tag string, ok bool) {
	title = s
	if t, g, kind := readHeadline(s); kind != 0 {
		title, tag = t, g
	}
	if m := labelledTitle.FindStringSubmatch(title); m != nil {
		title = m[1]
	} else if m := trailingDate.FindStringSubmatch(title); m != nil {
		title = m[1]
	}
	if longer(title, maxTitle) {
		if m := inlineHeadline.FindStringSubmatch(title); m != nil {
			return m[1], tag, true
		}
		return "", "", false
	}
	ok = strings.IndexFunc(title, unicode.IsLetter) >= 0 && !sentenceEnd.MatchString(title) &&
		!preamble(title) && !sourceLine.MatchString(s) && !sectionStart.MatchString(s) && !addressLine.MatchString(s) && !officerLine.MatchString(title)
	return title, tag, ok
}

// preamble tells a line that may stand before the headline of a page and is none.
func preamble(s string) bool {
	if longer(s, maxHeadline) {
		return false
	}
	_, date := readDate(s)
	return date || sourceLine.MatchString(s) || crumbLine.MatchString(s) || isFooter(s) || meetingLine.MatchString(s) || officerLine.MatchString(s)
}

// publishedOn reads the page's publication date: labelled as such or, standing alone, in digits
// (in Chinese, 2024年1月16日, it is the day of delivery), near the start or at the very end.
func publishedOn(lines []line) string {
	for i, l := range lines {
		if i >= headLines && i < len(lines)-1 {
			continue
		}
		if longer(l.text, maxHeadline) {
			continue
		}
		if m := labelledDate.FindStringSubmatch(l.text); m != nil {
			if date, ok := isoDate(m[1:]); ok {
				return date
			}
		}
		if date, ok := readDate(l.text); ok && numericDate.MatchString(l.text) {
			return date
		}
	}
	return ""
}

// readDate reads a line that is nothing but a date, with a label and time of day at most.
func readDate(s string) (string, bool) {
	m := dateOnly.FindStringSubmatch(s)
	if m == nil {
		return "", false
	}
	return isoDate(m[1:])
}

func isoDate(parts []string) (string, bool) {
	date, err := time.Parse("2006-1-2", strings.Join(parts, "-"))
	if err != nil {
		return "", false
	}
	return date.Format(time.DateOnly), true
}

// isReport tells whether a text is plainly a report: it addresses a congress or names itself
// near the start, or has at least two of the parts that reports are made of.
func isReport(text string) bool {
	text = script.Simplified(text)
	if selfNaming.MatchString(text[:min(len(text), openingChars)]) { // without a fold: most do, and no blank stands within
		return true
	}
	folded := make([]rune, 0, openingChars)
	for _, r := range text {
		if len(folded) == openingChars {
			break
		}
		if !blank(r) && r != ';' && r != '；' {
			folded = append(folded, r)
		}
	}
	if selfNaming.MatchString(string(folded)) {
		return true
	}
	parts := 0
	for _, part := range reportParts {
		if strings.Contains(text, part) {
			parts++
		}
	}
	return parts >= 2
}

// isFooter tells a line that only the frame of a web page has.
func isFooter(s string) bool {
	return !longer(s, maxHeadline) && footerLine.MatchString(s)
}

// countChrome counts the lines that only the frame of a web page has.
func countChrome(lines []line) int {
	n := 0
	for _, l := range lines {
		s := l.text
		if title, _, kind := readHeadline(s); kind == marked {
			s = title
		}
		if isFooter(s) {
			n++
		}
	}
	return n
}
