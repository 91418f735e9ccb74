package project

import (
	"strings"
	"unicode/utf8"
)

// chars is a set of kinds of characters. A clause is looked through once for the kinds that occur in
// it, so that what needs one of them is not looked for in vain.
type chars uint32

const (
	figure       chars = 1 << iota // of a numeral
	pairMark                       // a quotation mark or bracket
	comma                          // 、
	and                            // of a conjunction
	andSoOn                        // 等
	of                             // 的
	year                           // 年
	yuan                           // 元
	each                           // 个
	charges                        // 要
	project                        // of 项目 and 工程
	enterprises                    // of 企业
	firmEnd                        // of 公司 and 集团
	trades                         // of 行业 and 产业
	grows                          // of what grown matches
	joins                          // of what joining matches
	acts                           // that the verbs of innerVerb end in
	slogans                        // of what slogan matches, 大 among them
	times                          // that times begin with
	timesNext                      // that stand second in a time
	verbal                         // that a governing verb begins with
	adverbial                      // that an adverb begins with
	toward                         // 对
	learned                        // that names of hospitals, schools and institutes end in
	plantWork                      // that what ownWork and keptWork match begins with
	ends                           // that closing words and times end in
	sectorial                      // that words which tell sectors begin with
	boundary                       // that what may stand before a verb ends in
	opens                          // of opening; the bit behind boundary
	predicateEnd                   // that predicates end in
)

// opening are the characters that what governs may begin with.
const opening = times | verbal | adverbial

// charTable has the kinds of each character at the place of its last twelve bits.
type charTable [4096]chars

func (t *charTable) add(kind chars, all string) {
	for _, r := range all {
		t[r&4095] |= kind
	}
}

// kindsOf are those that do not depend on the lexicon.
var kindsOf = func() *charTable {
	t := &charTable{}
	for r := range rune(1 << 16) {
		if inNumeral(r) {
			t.add(figure, string(r))
		}
	}
	for opening, closing := range pairs {
		t.add(pairMark, string(opening)+string(closing))
	}
	for kind, all := range map[chars]string{
		comma: "、", and: "和与及暨以", andSoOn: "等", of: "的", year: "年", yuan: "元", each: "个", charges: "要", toward: "对", plantWork: "自转技数智扩增退产工余",
		project: "目工", enterprises: "企", firmEnd: "司团", trades: "业",
		grows: "壮做聚释扩运能", joins: "与入", acts: "设施立建成造动", slogans: "大向为创",
		times:        "0123456789上下年今明当全春夏秋冬“未一二两三四五十",
		timesNext:    "0123456789年半季月内底末中初个十一二三四五来",
		ends:         "年月春夏秋冬季底内末初份前" + predicateEnds,
		predicateEnd: predicateEnds,
	} {
		t.add(kind, all)
	}
	for r := range t {
		if boundaries.Closes(rune(r)) || subjects.Closes(rune(r)) {
			t[r] |= boundary
		}
	}
	return t
}()

// in returns the kinds of the characters of s and perhaps more.
func (t *charTable) in(s string) chars {
	var all chars
	for i := 0; i < len(s); {
		if x, y, ok := continued(s, i); ok {
			all |= t[int(x)<<6|int(y)]
			i += 3
			continue
		}
		kinds, size := t.at(s, i)
		all |= kinds
		i += size
	}
	return all
}

// look is in that appends, too, where a governing verb may begin or a pair of marks open: behind a
// boundary or, where that is given as always there, anywhere.
func (t *charTable) look(s string, always chars, spots []int) (chars, []int) {
	all, before := chars(0), always
	for i := 0; i < len(s); {
		kinds, size := chars(0), 3
		if x, y, ok := continued(s, i); ok {
			kinds = t[int(x)<<6|int(y)]
		} else {
			kinds, size = t.at(s, i)
		}
		if kinds&opens&(before<<1)|kinds&pairMark != 0 {
			spots = append(spots, i)
		}
		all |= kinds
		before = kinds | always
		i += size
	}
	return all, spots
}

// at returns the kinds of the character at byte i, perhaps more, and its length.
func (t *charTable) at(s string, i int) (chars, int) {
	b := s[i]
	if b < utf8.RuneSelf {
		return t[b], 1
	}
	if x, y, ok := continued(s, i); ok {
		return t[int(x)<<6|int(y)], 3
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	return t[r&4095], size
}

// continued returns the last twelve bits of the character of three bytes at byte i, most of a text.
func continued(s string, i int) (x, y byte, ok bool) {
	if i+2 >= len(s) || s[i]-0xE1 > 0xEC-0xE1 {
		return 0, 0, false
	}
	x, y = s[i+1]-0x80, s[i+2]-0x80
	return x, y, x|y < 64
}

// firstFigure and lastFigure return the place of the first and the last character of a numeral, -1
// for none.
func firstFigure(s string) int {
	for i := 0; i < len(s); {
		kinds, size := kindsOf.at(s, i)
		if kinds&figure != 0 && inNumeral(firstRune(s[i:])) {
			return i
		}
		i += size
	}
	return -1
}

func lastFigure(s string) int {
	for i := len(s); i > 0; {
		if i >= 3 {
			if x, y, ok := continued(s, i-3); ok && kindsOf[int(x)<<6|int(y)]&figure == 0 {
				i -= 3
				continue
			}
		}
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if i -= size; inNumeral(r) {
			return i
		}
	}
	return -1
}

// index is strings.Index for a word of Chinese, which begins with one of six bytes like every other: it
// looks for the last.
func index(s, word string) int {
	n := len(word) - 1
	for i := n; i < len(s); i++ {
		at := strings.IndexByte(s[i:], word[n])
		if at < 0 {
			break
		}
		if i += at; s[i-n:i+1] == word {
			return i - n
		}
	}
	return -1
}

func firstRune(s string) rune {
	if len(s) >= 3 && s[0] >= 0xE1 && s[0] <= 0xEC {
		if x, y := s[1]-0x80, s[2]-0x80; x|y < 64 {
			return rune(s[0]&15)<<12 | rune(x)<<6 | rune(y)
		}
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// firstRunes returns the first n characters of a text.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRune(s string) rune {
	if n := len(s); n >= 3 && s[n-3] >= 0xE1 && s[n-3] <= 0xEC {
		if x, y := s[n-2]-0x80, s[n-1]-0x80; x|y < 64 {
			return rune(s[n-3]&15)<<12 | rune(x)<<6 | rune(y)
		}
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
