package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
	"xianzhi/stages/vocabulary"
)

var (
	// outsideMarks and outsideEnd are what a name's core leaves out: marks, and 项目, 工程, 建设 at its end.
	outsideMarks = vocabulary.Without("“”‘’《》()、,·•-—~")
	outsideEnd   = pattern.MustCompile(`(?:PPP|EPC)?(?:重点|重大)?(?:建设|项目|工程)+$`)
	// oneWord writes alike what reports call by several words from year to year.
	oneWord = vocabulary.NewReplacer("高速铁路", "铁路", "高铁", "铁路", "高速公路", "高速", "国际机场", "机场")
)

// Core is what two mentions of one undertaking have in common: the name without its marks, a
// leading count and 项目, 工程 or 建设 at its end. It is never empty for a name that is not.
func Core(name string) string {
	core := oneWord.Replace(withoutCount(outsideMarks.Replace(name)))
	if last := lastRune(core); last == '设' || last == '目' || last == '程' {
		if at := outsideEnd.FindStringIndex(core); at != nil && at[0] > 0 {
			core = core[:at[0]]
		}
	}
	if core == "" {
		return name
	}
	return core
}

// shortestIdentity is how many characters of a core can tell one undertaking.
const shortestIdentity = 4

// Identity is the core of a row's name if it can tell one undertaking of its region, else "": bundles, short
// names and, but for an enterprise's, what there are many of cannot. It asks the row alone, so that a
// region's links do not change with the other inputs.
func (r *Reader) Identity(p *schemas.Project, core string) string {
	if p.Count.Valid || runes(core) < shortestIdentity || !p.Owner.Valid && r.many(core, p.Capacity.Or("")) {
		return ""
	}
	return core
}

// instalment is the measure of what a place adds to every year.
var instalment = pattern.MustCompile(`亩|公顷|公里|平方米|平米|户`)

// graded is a grade of sights and hotels.
var graded = pattern.MustCompile(`[1-5]?A级`)

// many reports whether a core tells in ordinary words what is built or mended every year: things by the
// number (农村公路, 停车泊位), by the measure, or a work on such or on no single thing (老旧小区改造,
// 草原生态修复).
func (r *Reader) many(core, capacity string) bool {
	bare, mended := core, false
	word, k := r.l.head(bare)
	for k == works {
		mended = mended || !strings.HasSuffix(word, "建")
		if word == bare {
			break
		}
		bare = strings.TrimSuffix(bare, word)
		word, k = r.l.head(bare)
	}
	class, _ := r.l.classes.suffix(bare)
	more, _ := r.l.many.suffix(bare)
	if class == "" && more == "" && !r.l.many.Has(core) && k != quantity && !(mended && k != facility) && !instalment.MatchString(capacity) {
		return false
	}
	if strings.ContainsAny(core, "东西南北") {
		return false // 城北中心幼儿园
	}
	core = graded.ReplaceAllLiteralString(core, "")
	if r.l.madeOfKnown(core) {
		return true
	}
	_, ordinary := common(r.words.Tokens(&segment.Text{Folded: core}, segment.Span{End: len(core)}))
	return ordinary
}

// madeOfKnown reports whether a name is made of nothing but words that many names use.
func (l *lexicon) madeOfKnown(name string) bool {
	reached := make([]bool, len(name)+1)
	reached[0] = true
	for i := range name {
		if !reached[i] {
			continue
		}
		reach := func(word string) bool {
			if runes(word) > 1 || i > 0 && i+len(word) == len(name) {
				reached[i+len(word)] = true
			}
			return false
		}
		l.heads.PrefixFunc(name[i:], func(w string, _ kind) bool { return reach(w) })
		l.sectors.PrefixFunc(name[i:], func(w string, _ sectorWord) bool { return reach(w) })
		l.generic.PrefixFunc(name[i:], func(w string, _ struct{}) bool { return reach(w) })
		l.classes.PrefixFunc(name[i:], func(w string, _ struct{}) bool { return reach(w) })
		l.many.PrefixFunc(name[i:], func(w string, _ struct{}) bool { return reach(w) })
	}
	return reached[len(name)]
}

var (
	// part names one of several works that share the rest of their name: 二期, 3号线, 东延. The
	// section of a line in a place whose name ends like that, 铁路渭南段, is none.
	part = pattern.MustCompile(`[路速铁线道网园带际廊][^东西南北路速铁线道网园带际廊][东西南北]段|([一二三四五六七八九十0-9]+(?:期|号|标段|阶段)|[0-9]+(?:\.[0-9]+)?|[东西南北](?:延|段|线|区|路|街|环)|延伸|连接线|支线|复线|扩建|改造|配套)`)
	// phased is a work of its own, whether it is said to enlarge what is there or not: 三期, 三期扩建.
	phased     = pattern.MustCompile(`[一二三四五六七八九十0-9]期`)
	enlargings = vocabulary.Of("扩建", "改造")
	// section is the rest of a line's name that says where a section of it lies.
	section = pattern.MustCompile(`^[^路速铁线道际期]{2,8}段$`)
)

// parts joins the parts that a core names, with or without that it enlarges or mends what is there.
func parts(core string, enlarged bool) string {
	var all []string
	enlarged = enlarged && !phased.MatchString(core)
	for _, m := range part.FindAllStringSubmatch(core, -1) {
		if m[1] != "" && (enlarged || !enlargings.Has(m[1])) {
			all = append(all, m[1])
		}
	}
	return strings.Join(all, " ")
}

// sameParts reports whether two cores name the same parts. The later mention may leave out that a thing
// is enlarged or mended: 改扩建 is begun, then goes on.
func sameParts(earlier, later string) bool {
	of := parts(later, true)
	return of == parts(earlier, true) || of == parts(later, false) && of == parts(earlier, false)
}

// sectionOf reports whether a core names a section of a line.
func sectionOf(core, line string) bool {
	rest, ok := strings.CutPrefix(core, line)
	return ok && line != "" && strings.ContainsRune("路速铁线道际", lastRune(line)) && section.MatchString(rest)
}

// likeSection is how alike a line and a section of it are at least.
const likeSection = 0.8

// Alike is how much of their characters, two by two, the cores of an earlier and a later mention
// share, from 0 to 1 (Dice); 0 for those that name different parts of a thing (一期, 二期; 路, 路东延)
// or begin with names of which neither occurs in the other (长桥河治理, 青龙河治理).
func Alike(earlier, later string) float64 {
	a, b := earlier, later
	if a == b {
		return 1
	}
	if unlikeOpenings(a, b) || !sameParts(a, b) {
		return 0
	}
	pairs := map[string]int{}
	all := 0
	for p := range Pairs(a) {
		pairs[p]++
		all++
	}
	common := 0
	for p := range Pairs(b) {
		if all++; pairs[p] > 0 {
			pairs[p]--
			common++
		}
	}
	alike := 2 * float64(common) / float64(max(1, all))
	if sectionOf(a, b) || sectionOf(b, a) {
		return max(alike, likeSection)
	}
	return alike
}

// size is an amount in a name, which many names have in common.
var size = pattern.MustCompile(`[0-9.]+[万亿千百]*(?:[千兆吉]?[瓦伏]|吨|立方米|平方米|公里|米|亩|[只头套台辆件])?`)

// unlikeOpenings reports whether neither core holds the character that the other begins with, sizes
// aside.
func unlikeOpenings(a, b string) bool {
	a, b = size.ReplaceAllLiteralString(a, ""), size.ReplaceAllLiteralString(b, "")
	return a != "" && b != "" && !strings.ContainsRune(b, firstRune(a)) && !strings.ContainsRune(a, firstRune(b))
}

// Pairs yields the neighbouring characters of a core.
func Pairs(core string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for i := range core {
			_, first := utf8.DecodeRuneInString(core[i:])
			if i+first >= len(core) {
				return
			}
			_, second := utf8.DecodeRuneInString(core[i+first:])
			if !yield(core[i : i+first+second]) {
				return
			}
		}
	}
}
