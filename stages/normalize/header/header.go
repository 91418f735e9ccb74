package header

import (
	"strings"
	"unicode"

	"xianzhi/schemas"
	"xianzhi/stages/extract"
	"xianzhi/stages/pattern"
	"xianzhi/stages/script"
	"xianzhi/stages/segment"
)

// The values of documents.doc_type.
const (
	WorkReport = "work_report"
	Communique = "statistical_communique"
	News       = "news"
	Other      = "other"
)

// Header is what a document says of itself; "" and 0 stand for what it does not say.
type Header struct {
	DocType               string
	Meeting               string // 闻喜县第十七届人民代表大会第一次会议
	DeliveredOn           schemas.Optional[schemas.Date]
	Speaker, SpeakerTitle string // 史玉江, 县长
	ReportYear            int    // whose plan the report presents
	ReviewYear            int    // that it looks back on
}

// openingLength is how many characters of a text can belong to its opening lines.
const openingLength = 600

// Opening returns the first characters of the folded text, where a document says what it is.
func Opening(t *segment.Text) string {
	runes := 0
	for at := range t.Folded {
		if runes == openingLength {
			return t.Folded[:at]
		}
		runes++
	}
	return t.Folded
}

// beforeSections is what of the opening stands before the first section.
func beforeSections(t *segment.Text) string {
	opening := Opening(t)
	if s := t.Sections; len(s) > 1 && s[0].Kind == segment.Opening {
		opening = opening[:min(len(opening), s[0].End)]
	}
	return opening
}

// Read reads the header of an article; t is its segmented text.
func Read(a extract.Article, t *segment.Text) Header {
	title := arabicYears(strip(script.Simplified(a.Title), unicode.IsSpace))
	opening := arabicYears(Opening(t))
	h := Header{DocType: docType(title, opening, a)}
	switch h.DocType {
	case WorkReport:
		p := readPreamble(arabicYears(beforeSections(t)))
		h.Meeting, h.DeliveredOn, h.Speaker, h.SpeakerTitle = p.meeting, p.date, p.speaker, p.office
		h.ReportYear, h.ReviewYear = planYear(title, p, t)
	case Communique: // it reports on the year that it names
		h.ReportYear = onlyYear(title)
		h.ReviewYear = h.ReportYear
	default:
		h.ReportYear = onlyYear(title)
	}
	return h
}

var (
	reportTitle     = pattern.MustCompile(`(?:政府|行署|行政公署|国务院)\p{Han}{0,4}工作的?报告`)
	otherReport     = pattern.MustCompile(`(?:计划|预算|决算|财政|审计|环境|法院|检察院|人大|人民代表大会|常委会|常务委员会|政协|党委)\p{Han}*(?:工作|情况|草案\)?)的?报告`)
	aboutAReport    = pattern.MustCompile(`名词解释|决议|听取|学习|贯彻|讨论|审议|征求|起草|分工|分解|任务清单|公告|通知`)
	coverage        = pattern.MustCompile(`解读|图解|读懂|热议|综述|开幕|闭幕|评议|作(?:了)?《?政府工作报告`)
	communiqueTitle = pattern.MustCompile(`(?:统计|普查|调查|监测).*公报`)
	// whom a speaker addresses or speaks for himself; what stands before it in a news item tells of others
	address       = pattern.MustCompile(`各位(?:代表|委员|副?主任|领导|同志)(?:[^\p{Han}]|现在|同志|我)|同志们|我(?:受|代表|向)`)
	reportAddress = pattern.MustCompile(`(?:代表|受)\p{Han}{0,20}?(?:政府|行署|行政公署|国务院)[^。]{0,30}?报告`)
	beside        = pattern.MustCompile(`报告(?:19|20)\d\d年[^。]{0,24}(?:计划|预算|决算|审计)`)
	assembly      = pattern.MustCompile(`记者|本报|讯[ ,:(]|隆重开幕|开幕(?:式|会|大会)|主席台|应到代表|作(?:了|的)?《?政府工作报告`)
	// of a picture: 县长王大山作政府工作报告。本报记者李川摄
	caption     = pattern.MustCompile(`(?:\p{Han}{2,30}作(?:了)?政府工作报告。?)?[^。:]{0,16}记者\p{Han}{2,8}摄|\p{Han}{2,30}作(?:了)?政府工作报告。[^。:]{0,16}记者\p{Han}{2,8}$`)
	resolution  = pattern.MustCompile(`决定批准(?:这个|该)?报告|会议(?:表决)?通过\)`)
	formalTitle = pattern.MustCompile(`(?:报告|通知|意见|办法|规定|规划|方案|计划|公告|公报|条例|决定|决议|批复|纲要|通告|细则|令|函|总结|讲话|摘要|解释|指南|要点)(?:\(\p{Han}+\))?$`)
	newsOpening = pattern.MustCompile(`近年来|近日|日前|连日来|记者|本报|通讯员|今年以来|讯[ ,:(]|报道`)
)

// docType goes by the text's own address to the delegates, then by the title; but the reports
// that a government gives beside its own (计划执行情况, 预算) are told by their titles.
func docType(title, opening string, a extract.Article) string {
	switch {
	case otherReport.MatchString(title) && !reportTitle.MatchString(title):
		return Other
	case reportAddress.MatchString(opening) && address.MatchString(opening) && !tellsOfAssembly(opening):
		if beside.MatchString(opening) { // …受区人民政府委托,报告2019年上半年计划执行情况
			return Other
		}
		return WorkReport
	case coverage.MatchString(title):
		return News
	case aboutAReport.MatchString(title):
	case reportTitle.MatchString(title):
		return WorkReport
	case communiqueTitle.MatchString(title):
		return Communique
	}
	switch {
	case formalTitle.MatchString(title), resolution.MatchString(opening):
	case title != "" && (a.PublishedOn != "" || newsOpening.MatchString(opening)), tellsOfAssembly(opening):
		return News
	}
	return Other
}

// tellsOfAssembly reports an opening that tells of a meeting before anybody is addressed.
func tellsOfAssembly(opening string) bool {
	if at := address.FindStringIndex(opening); at != nil {
		opening = opening[:at[0]]
	}
	return assembly.MatchString(caption.ReplaceAllLiteralString(opening, ""))
}

// preamble is what the lines before the address to the delegates say.
type preamble struct {
	meeting         string
	date            schemas.Optional[schemas.Date]
	speaker, office string
}

var (
	salutation = pattern.MustCompile(`(?:尊敬的)?各位(?:代表|委员|副?主任|领导|同志)|主任、|同志们|(?:现在|下面),?我|我(?:受|代表)`)
	// a meeting of a people's congress; the name of the region precedes as a run of characters
	meeting  = pattern.MustCompile(`\p{Han}*?第?[一二三四五六七八九十百〇零○\d]+届(?:全国)?(?:人民代表大会|人大)(?:常务委员会|常委会)?(?:第?[一二三四五六七八九十〇零○\d]+次|第[一二三四五六七八九十]+)(?:全体)?(?:扩大)?会议`)
	delivery = pattern.MustCompile(`((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日`)
	clock    = pattern.MustCompile(`^(?:\d{1,2}[:时]\d{2}|来源|字体|浏览)`) // behind a day of publication
	// (2010年1月25日王大山)
	signed      = pattern.MustCompile(`\((?:19|20)\d\d年\d{1,2}月\d{1,2}日(\p{Han}{2,4})\)`)
	publication = pattern.MustCompile(`(?:发布|发表|更新|刊登|印发|公开)(?:时间|日期)?[:]?$|(?:时间|日期|来源)[:]?$`)
)

func readPreamble(opening string) preamble {
	head, addressed := opening, false
	if at := salutation.FindStringIndex(opening); at != nil {
		head, addressed = opening[:at[0]], true
	}
	var p preamble
	rest, before := "", head
	at := ownMeeting(head, addressed)
	if at != nil {
		name := head[at[0]:at[1]]
		if i := strings.LastIndex(name, "在"); i >= 0 {
			name = name[i+len("在"):]
		} else if at[0] > 0 && head[at[0]-1] >= '0' && head[at[0]-1] <= '9' { // 13日闻喜县…
			name = strings.TrimPrefix(name, "日")
		}
		p.meeting = name
		before, rest = head[:at[1]-len(name)], head[at[1]:]
	}
	p.date = deliveryDate(head, at)
	if p.office, p.speaker = speakerAfter(rest); p.speaker == "" {
		p.office, p.speaker = speakerBefore(before)
	}
	if m := signed.FindStringSubmatch(head); m != nil && p.speaker == "" {
		p.speaker = m[1]
	}
	return p
}

// ownMeeting finds the meeting that a report is given to: of several the one it is given at (在…),
// the nearest to the address to the delegates, as pages repeat their headlines.
func ownMeeting(head string, addressed bool) []int {
	var best []int
	given := false
	for _, at := range meeting.FindAllStringIndex(head, -1) {
		name := head[at[0]:at[1]]
		at2 := strings.Contains(name, "在") || at[0] > 0 && head[at[0]-1] >= '0' && head[at[0]-1] <= '9'
		if best == nil || at2 && (!given || addressed) {
			best, given = at, given || at2
		}
	}
	return best
}

// deliveryDate is the date next to the meeting, or the first that is no date of publication.
func deliveryDate(head string, meeting []int) schemas.Optional[schemas.Date] {
	var best schemas.Optional[schemas.Date]
	distance := len(head) + 1
	for _, m := range delivery.FindAllStringSubmatchIndex(head, -1) {
		if publication.MatchString(head[:m[0]]) || clock.MatchString(head[m[1]:]) {
			continue
		}
		date, err := schemas.ParseDate(isoDate(head[m[2]:m[3]], head[m[4]:m[5]], head[m[6]:m[7]]))
		if err != nil { // 2月30日
			continue
		}
		d := m[0]
		if meeting != nil {
			d = max(meeting[0]-m[1], m[0]-meeting[1], 0)
		}
		if d < distance {
			best, distance = schemas.Some(date), d
		}
	}
	return best
}

func isoDate(year, month, day string) string {
	two := func(s string) string { return strings.Repeat("0", 2-len(s)) + s }
	return year + "-" + two(month) + "-" + two(day)
}

const (
	officePattern = `[\p{Han}、]{0,40}?(?:省长|市长|县长|区长|州长|旗长|盟长|专员|主席|总理|行政长官|管委会主任)(?:候选人|提名人选)?`
	namePattern   = `\p{Han}{2,4}?|\p{Han}{1,8}·[\p{Han}·]{1,12}?`
)

var (
	// 会议上县长王小明; 会议上青云市市长李明同志作政府工作报告
	officer = pattern.MustCompile(`^上?(?:的?报告)?(` + officePattern + `)(` + namePattern + `)(?:同志)?(?:所?作.*)?$`)
	// 会议上刘春林
	nameAlone = pattern.MustCompile(`^上(` + namePattern + `)(?:同志)?(?:所?作.*)?$`)
	notAName  = pattern.MustCompile(`报告|政府|会议|全文|工作|来源|日报`)
	printed   = pattern.MustCompile(`(?:信息|文章|稿件)?来源:?\p{Han}{1,12}?(?:日报|晚报|网|报|办公室|政府办|社|中心|局|厅)|(?:发布|更新|公开)?(?:时间|日期):`)
	leadIn    = pattern.MustCompile(`^.*(?:会议上?|报告|[为系]?时任?为?时|主讲人[为是]?)`)
)

// speakerAfter reads the words between the meeting and the address to the delegates.
func speakerAfter(s string) (office, name string) {
	s = once(lettersOnly(s))
	if m := officer.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	if m := nameAlone.FindStringSubmatch(s); m != nil && !notAName.MatchString(m[1]) {
		return "", m[1]
	}
	return "", ""
}

// once drops what a caption below the speaker's line repeats of it: 县长王大山王大山作政府工作报告….
func once(s string) string {
	head, caption, ok := strings.Cut(s, "作政府工作报告")
	for n := len("某某"); ok && 2*n <= len(head); n++ {
		if again := len(head) - n; head[again-n:again] == head[again:] {
			return head[:again] + "作政府工作报告" + caption
		}
	}
	return s
}

// speakerBefore reads a speaker at the end of the words before a meeting, or of all where no
// meeting is named: 政府工作报告 市长王军.
func speakerBefore(s string) (office, name string) {
	if i := strings.LastIndex(s, ":"); i >= 0 && officer.MatchString(lettersOnly(s[i+1:])) {
		s = s[i+1:] // 浏览次数:县长王大山
	}
	s = strings.TrimSuffix(lettersOnly(s), "在")
	s = leadIn.ReplaceAllLiteralString(s, "")
	if m := officer.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	return "", ""
}

// lettersOnly drops dates, where and when a text was printed, and all that is no part of a name or an office.
func lettersOnly(s string) string {
	s = printed.ReplaceAllLiteralString(s, "")
	s = delivery.ReplaceAllLiteralString(s, "")
	return strip(s, func(r rune) bool { return !unicode.Is(unicode.Han, r) && r != '、' && r != '·' })
}

func strip(s string, drop func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if drop(r) {
			return -1
		}
		return r
	}, s)
}

var (
	chineseYear = pattern.MustCompile(`[一二][〇○ＯO0零一二三四五六七八九]{3}年`)
	chineseDay  = pattern.MustCompile(`(\d{4}年)(十?[一二三四五六七八九]|十)月(二?十?[一二三四五六七八九]|[二三]?十|三十一)日`)
)

// arabicYears writes years and dates in Chinese digits with Arabic ones: 二〇二一年一月八日.
func arabicYears(s string) string {
	s = chineseYear.ReplaceAllStringFunc(s, digits)
	return chineseDay.ReplaceAllStringFunc(s, func(date string) string {
		m := chineseDay.FindStringSubmatch(date)
		return m[1] + tens(m[2]) + "月" + tens(m[3]) + "日"
	})
}

var chineseDigit = strings.NewReplacer("〇", "0", "○", "0", "Ｏ", "0", "O", "0", "零", "0", "一", "1", "二", "2", "三", "3",
	"四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

func digits(s string) string { return chineseDigit.Replace(s) }

// tens writes a number under 100: 八, 十, 十二, 二十, 三十一.
func tens(s string) string {
	before, after, ok := strings.Cut(s, "十")
	switch {
	case !ok:
	case before == "" && after == "":
		return "10"
	case before == "":
		s = "一" + after
	case after == "":
		s = before + "〇"
	default:
		s = before + after
	}
	return digits(s)
}
