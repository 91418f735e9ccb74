package project

import (
	"strings"

	"xianzhi/stages/pattern"
)

// ending is how an object closes: what is cut off it and the head of the name that is left.
type ending struct {
	end  int  // of the name
	verb verb // the closing verb, whose status wins
	cut  bool
	head string // "" for none
	kind kind
}

// closer is what is known of a word that objects close or clauses open with. There are thousands: they are small, so
// that they stay at hand.
type closer struct {
	tail, adverb bool
	verb         uint16 // its number in allVerbs, 0 for none
	head         kind   // unknown for none
}

// closingWords are the longest words that an object ends in, of each sort.
type closingWords struct {
	tail, adverb, verb, head int
	said                     *verb
	kind                     kind
}

// addTo adds to what is known of a word.
func addTo(all *words[closer], word string, add func(c *closer)) {
	c, _ := all.Get(word)
	add(&c)
	all.add(word, c)
}

func (l *lexicon) addVerb(word string, v verb) {
	l.verbs.add(word, v)
	l.allVerbs = append(l.allVerbs, v)
	number := func(c *closer) { c.verb = uint16(len(l.allVerbs)) }
	addTo(&l.closers, word, number)
	addTo(&l.openers, word, number)
}

func (l *lexicon) addAdverb(word string) {
	is := func(c *closer) { c.adverb = true }
	addTo(&l.closers, word, is)
	addTo(&l.openers, word, is)
}

func (l *lexicon) addHead(word string, k kind) {
	l.heads.add(word, k)
	addTo(&l.closers, word, func(c *closer) { c.head = k })
}

func (l *lexicon) closingWords(o string) (found closingWords) {
	var last closer // the longest of each sort
	l.closers.SuffixFunc(o, func(word string, c closer) bool {
		if c.tail {
			found.tail = len(word)
		}
		if c.adverb {
			found.adverb = len(word)
		}
		if c.verb > 0 {
			found.verb, last.verb = len(word), c.verb
		}
		if c.head != unknown {
			found.head, last.head = len(word), c.head
		}
		return false
	})
	found.kind = last.head
	if last.verb > 0 {
		found.said = &l.allVerbs[last.verb-1]
	}
	return found
}

// ending cuts what closes s[start:end]: 建设, 工作, times and closing verbs.
func (l *lexicon) ending(s string, start, end int) ending {
	e := ending{end: end}
	for start < e.end {
		o := s[start:e.end]
		w := l.closingWords(o)
		var n int
		if said, what := l.predicate(o, &w, e.end == end); said > 0 {
			e.verb, e.cut, n = *what, true, said
		} else {
			n = l.cutOff(o, &w, &e)
		}
		if n == 0 {
			if word, rest := oddHead(o); word != "" {
				e.head, e.kind = word, facility
			} else if len(rest) < len(o) {
				e.head, e.kind = l.heads.suffix(rest)
			} else {
				e.head, e.kind = o[len(o)-w.head:], w.kind
			}
			break
		}
		e.end -= n
	}
	return e
}

// predicate returns the length of what is said of an undertaking behind its name and longer than a
// closing verb, 0 for none.
func (l *lexicon) predicate(o string, w *closingWords, whole bool) (n int, said *verb) {
	if !whole || (w.kind == works || w.kind == facility) && w.head > w.verb {
		return 0, nil
	}
	if n, said = l.says.close(o); n <= max(w.verb, w.tail) {
		return 0, nil
	}
	return n, said
}

// cutOff returns how much is to be cut off an object that those words close.
func (l *lexicon) cutOff(o string, w *closingWords, e *ending) int {
	if w.verb > 0 && w.said.place != trailing && (w.said.place != anywhere || w.said.rank < 7) {
		w.verb = 0
	}
	if (w.kind == works || w.kind == facility) && w.head > w.tail && w.head >= w.verb {
		return 0 // 景观建设 is the name's own
	}
	if w.tail >= w.verb && 0 < w.tail && w.tail < len(o) {
		e.cut = true
		return w.tail
	}
	if 0 < w.verb && w.verb < len(o) {
		if w.said.rank >= e.verb.rank {
			e.verb = *w.said
		}
		e.cut = true
		if before := l.beforeOr(o[:len(o)-w.verb]); before > 0 {
			return len(o) - before // 建成投产或试产
		}
		return w.verb
	}
	if e.cut && strings.HasSuffix(o, "的") && o != "的" {
		return len("的") // 项目的土地征迁
	}
	if e.cut && strings.HasSuffix(o, "和") && o != "和" {
		return len("和") // 前期论证和|建设
	}
	if e.cut && w.adverb > w.head && w.adverb < len(o) && runes(o[len(o)-w.adverb:]) > 1 {
		return w.adverb
	}
	if closesTime(o) {
		if m := timeTail.FindString(o); len(m) < len(o) {
			return len(m)
		}
	}
	return 0
}

// closesTime reports whether a text ends in a character that times end in.
func closesTime(s string) bool {
	switch lastRune(s) {
	case '年', '月', '春', '夏', '秋', '冬', '季', '底', '内', '末', '初', '份', '前':
		return true
	}
	return false
}

// beforeOr returns the length of an object without the 或 or 并 that joins one closing verb to
// another, 0 where there is none.
func (l *lexicon) beforeOr(o string) int {
	for _, and := range []string{"或", "并", "、"} {
		if before, ok := strings.CutSuffix(o, and); ok {
			if w, v := l.verbs.suffix(before); w != "" && (v.place == trailing || v.rank >= 7) {
				return len(before)
			}
		}
	}
	return 0
}

var timeTail = pattern.MustCompile(`(?:(?:于|在|争取|力争|确保)?(?:20[0-9]{2}年|[0-9]{1,2}月|今年|年)(?:[0-9]{1,2}月)?[春夏秋冬]?[季底内末初]?(?:份|前)?|[春夏秋冬]季|[上下]半年)$`)

// head returns the word that a name ends in and what it says.
func (l *lexicon) head(name string) (string, kind) {
	word, rest := oddHead(name)
	if word != "" {
		return word, facility
	}
	return l.heads.suffix(rest)
}

// oddHead returns the head of a name that its form makes a facility's, and else the name without the
// marks that close it and a bracket left open.
func oddHead(name string) (word, rest string) {
	switch lastRune(name) {
	case '”', ')', '》', '’':
		name = strings.TrimRight(name, "”)》’")
	}
	switch lastRune(name) {
	case '小', '中', '幼':
		if m := numberedSchool.FindString(name); m != "" {
			return m, ""
		}
	case '标':
		if m := numberedSection.FindString(name); m != "" {
			return m, ""
		}
	case '馆', '所', '院', '校', '园', '路', '桥', '站', '场':
		if kinds, _ := kindsOf.at(name, 0); kinds&(figure|pairMark) != 0 && together.MatchString(name) {
			return strings.TrimLeft(name, "“"), ""
		}
	}
	if strings.IndexByte(name, '(') >= 0 { // (一期
		if i := strings.LastIndexByte(name, '('); i > 0 && strings.IndexByte(name[i:], ')') < 0 {
			name = name[:i]
		}
	}
	if name != "" && name[0] < 0x80 && roadCode.MatchString(name) {
		return name, ""
	}
	return "", name
}

// numberedSchool is the short name of a school: 六小, 二十八中.
var numberedSchool = pattern.MustCompile(`[一二三四五六七八九十][小中幼]$`)

// numberedSection is a section of a road that goes by its number: 青云大道九标.
var numberedSection = pattern.MustCompile(`[一二三四五六七八九十]标$`)

// together names works by their numbers: “两馆一院”.
var together = pattern.MustCompile(`^“?(?:[一两二三四五六七八九十][馆所院校园路桥站场]){2,}”?$`)

// roadCode is a road that goes by its number: G318, S512线.
var roadCode = pattern.MustCompile(`^[GSXYC][0-9]{2,4}线?$`)
