package segment

import (
	"slices"
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// heading is where a heading stands; its title is text[at:end].
type heading struct {
	at, end int
	marker  marker
}

// long reports a heading whose end was not found: its first sentence stands
// for it.
func (h heading) long(l *layout) bool {
	return utf8.RuneCountInString(l.text[h.at:h.end]) > longTitle
}

// candidates lists whatever could be a heading: at the start of a line or, in
// a text that has hardly any lines, behind the end of a sentence.
func candidates(l *layout) []heading {
	var out []heading
	starts := l.lines
	if l.running() {
		starts = l.sentenceStarts()
	}
	for _, at := range starts {
		if n := len(out); n > 0 && at < out[n-1].end {
			continue // the second line of a heading
		}
		rest := l.lineFrom(at)
		m := readMarker(rest)
		if m.style == digit {
			continue
		}
		if m.style == unnumbered {
			if isTitle(rest) {
				end := at + len(rest)
				if annex(rest) {
					end += l.secondLine(end, rest)
				}
				out = append(out, heading{at, end, m})
			} else if end := l.bareTitleEnd(at); end > at {
				out = append(out, heading{at, end, m})
			}
			continue
		}
		out = append(out, heading{at: at, marker: m}) // its end is found when it is chosen
	}
	return out
}

// running reports a text set as one paragraph, or nearly so.
func (l *layout) running() bool {
	return len(l.lines) < 3 || len(l.lines)*paragraphRunes < l.runes
}

const paragraphRunes = 800 // lines longer than this on average are no paragraphs

var closesLine = vocabulary.RunesOf("”’);")

// sentenceStarts returns the offsets behind 。 ! ? : and stray ; with the
// closing marks that follow.
func (l *layout) sentenceStarts() []int {
	text, starts := l.text, []int{0}
	for _, mark := range l.marks {
		i := int(mark)
		if i < starts[len(starts)-1] {
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '。', '!', '?', ':', ';':
			for i < len(text) {
				r, n := utf8.DecodeRuneInString(text[i:])
				if !closesLine.Has(r) {
					break
				}
				i += n
			}
			starts = append(starts, i)
		}
	}
	return starts
}

// titleEnd finds where the numbered heading at an offset ends.
func (l *layout) titleEnd(at int, m marker) int {
	text := l.lineFrom(at)
	if !strings.ContainsAny(text, "。!?") && utf8.RuneCountInString(text) <= longTitle {
		return at + len(text) + l.secondLine(at+len(text), text)
	}
	end, score := l.inlineEnd(at, m.length)
	if i := strings.Index(text, "。"); score < sure && i >= 0 && utf8.RuneCountInString(text[:i]) <= longTitle {
		return at + i + len("。")
	}
	return end
}

// secondLine measures the second line of a heading whose first, ending at an
// offset, says too little: 三、持续提升政府 / 治理效能和服务水平.
func (l *layout) secondLine(end int, first string) int {
	if end >= len(l.text) || titleKind(first) != "" {
		return 0
	}
	next := l.lineFrom(end)
	if isTitle(next) && !annex(first) {
		return 0
	}
	if !shortLine(next) || strings.ContainsAny(next, "。!?:;,") || readMarker(next).style != unnumbered || titleKind(first+next) == "" {
		return 0
	}
	return len(next)
}

// bareTitleEnd finds a heading without a number that runs into its text
// (2023年工作回顾2023年是…); at if there is none.
func (l *layout) bareTitleEnd(at int) int {
	if r, _ := utf8.DecodeRuneInString(l.text[at:]); !l.running() && !namesTime.Has(r) {
		return at
	}
	if !bareStart.MatchString(clip(l.text[at:])) {
		return at
	}
	end, score := l.inlineEnd(at, 0)
	if score < sure || !isTitle(l.text[at:end]) || !l.running() && !partOpens.MatchString(clip(l.text[end:])) {
		return at
	}
	return end
}

// namesTime holds the characters that a heading which names its time begins with.
var namesTime = vocabulary.RunesOf("0123456789一二今去过未十“关对")

// partOpens matches how the text of a part begins whose heading stands in the same line.
var partOpens = pattern.MustCompile(`^(各位代表|\d{4}年|今年[,是]|刚?刚?过去)`)

// titleTail matches what headings end in, titleGoesOn what shows that one has
// not ended, textOpens how the text below a heading begins.
var (
	titleTails  = strings.Fields("回顾 工作 任务 安排 要求 目标 建设 思路 重点 政府 打算 举措 发展 成就 成绩 部署 建议 意见 措施 计划 规划 情况 蓝图 水平 能力 效能 展望")
	titleTail   = vocabulary.Of(titleTails...)
	titleGoesOn = vocabulary.Of(append(strings.Fields("和 与 及 暨 、 的 , 。 ; : ! ? ) ” 主要 自身 以及 是 中 不断 得到 取得 圆满 完成 顺利 全面完成"), titleTails...)...)
	textOpens   = pattern.MustCompile(`^(各位|“?十[一二三四五六七八九]?五|\d{4}年|今[年后]|去年|过去|刚刚|[五一]年来|面对|站在|回[顾首]|开局|按照|根据|围绕|新的|做好|我们|当前|展望|人民)`)
)

// sure is the score from which a heading's end is believed against others.
const sure = 2

// inlineEnd finds where a heading ends that runs into its text, and how sure
// that is (0: a guess). from skips the heading's number.
func (l *layout) inlineEnd(at, from int) (end, score int) {
	window := l.lineFrom(at)
	if i := strings.IndexAny(window, "。!?;"); i >= 0 {
		window = window[:i]
	}
	end = at + len(window)
	runes := 0
	for i := range window {
		if runes++; runes > longTitle {
			break
		}
		if i <= from+len("某某") {
			continue
		}
		title, rest := window[:i], window[i:]
		gap := l.broken(at + i)
		ending, _ := titleTail.Suffix(title)
		tail := ending != ""
		if !tail && (!gap || l.wrapped) || !gap && titleGoesOn.PrefixLen(rest) > 0 {
			continue
		}
		s := 0
		if gap {
			s++
			if !l.wrapped {
				s += 2
			}
		}
		if tail && titleKind(title) != "" {
			s += 2
		}
		if textOpens.MatchString(rest) {
			s++
			// The text takes up the heading's own words: …工作回顾2020年是….
			if words := prefixRunes(strings.TrimLeft(rest, "“"), 4); strings.Contains(title, words) {
				s += 2
			}
		}
		if s > score {
			end, score = at+i, s
		}
	}
	return end, score
}

func hasPrefix(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(s, w) })
}

// clip cuts a text to what a heading or the opening of a sentence can take up.
func clip(s string) string {
	const limit = 270
	if len(s) <= limit {
		return s
	}
	i := limit
	for i > 0 && !utf8.RuneStart(s[i]) {
		i--
	}
	return s[:i]
}

// prefixRunes returns at most the first n runes of s.
func prefixRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
