package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
)

var (
	// outsideMarks and outsideEnd are what a name's core leaves out: marks, and 项目, 工程, 建设 at its end.
	outsideMarks = strings.NewReplacer("“", "", "”", "", "‘", "", "’", "", "《", "", "》", "", "(", "", ")", "",
		"、", "", ",", "", "·", "", "•", "", "-", "", "—", "", "~", "")
	outsideEnd = pattern.MustCompile(`(?:PPP|EPC)?(?:重点|重大)?(?:建设|项目|工程)+$`)
)

// Core is what two mentions of one undertaking have in common: the name without its marks, a
// leading count and 项目, 工程 or 建设 at its end. It is never empty for a name that is not.
func Core(name string) string {
	core := withoutCount(outsideMarks.Replace(name))
	if cut := outsideEnd.ReplaceAllLiteralString(core, ""); cut != "" {
		core = cut
	}
	if core == "" {
		return name
	}
	return core
}

// part names one of several works that share the rest of their name: 二期, 3号线, 东延.
var part = pattern.MustCompile(`[一二三四五六七八九十0-9]+(?:期|号|标段|阶段)|[0-9]+(?:\.[0-9]+)?|[东西南北](?:延|段|线|区|路|街|环)|延伸|连接线|支线|复线|扩建|改造|配套`)

// Alike is how much of their characters, two by two, two cores share, from 0 to 1 (Dice); 0 for
// those that name different parts of a thing (一期, 二期; 路, 路东延).
func Alike(a, b string) float64 {
	if a == b {
		return 1
	}
	if strings.Join(part.FindAllString(a, -1), " ") != strings.Join(part.FindAllString(b, -1), " ") {
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
	return 2 * float64(common) / float64(max(1, all))
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
