// Command build derives words.txt, the reduced dictionary of package segment,
// from the one that comes with gse. Run it by go generate after gse changed.
package main

import (
	"bytes"
	"cmp"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// limits is how many words of each length, in runes, are kept: the most
// frequent ones. Single characters carry the grammar, words of two to four the
// vocabulary; longer ones the domain list adds by need.
var limits = map[int]int{1: 4000, 2: 16000, 3: 6500, 4: 3000}

type word struct {
	text      string
	frequency int
	tag       string
}

func main() {
	log.SetFlags(0)
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/go-ego/gse").Output()
	if err != nil {
		log.Fatalf("finding the gse module (run go mod download first): %v", err)
	}
	source := filepath.Join(strings.TrimSpace(string(dir)), "data", "dict", "zh", "s_1.txt")
	data, err := os.ReadFile(source)
	if err != nil {
		log.Fatalf("reading gse's dictionary: %v", err)
	}
	if err := os.WriteFile(filepath.Join("dictionary", "words.txt"), reduce(data), 0o644); err != nil {
		log.Fatalf("writing the reduced dictionary (run from stages/segment): %v", err)
	}
}

// reduce keeps the most frequent words of each length, sorted by text.
func reduce(data []byte) []byte {
	byLength := map[int][]word{}
	for row := range strings.Lines(string(data)) {
		fields := strings.Fields(row)
		if len(fields) != 3 || !isChinese(fields[0]) || isForeignName(fields[2]) {
			continue
		}
		frequency, err := strconv.Atoi(fields[1])
		if err != nil {
			continue
		}
		n := utf8.RuneCountInString(fields[0])
		byLength[n] = append(byLength[n], word{fields[0], frequency, fields[2]})
	}
	var kept []word
	for n, limit := range limits {
		words := byLength[n]
		slices.SortFunc(words, func(a, b word) int {
			return cmp.Or(cmp.Compare(b.frequency, a.frequency), strings.Compare(a.text, b.text))
		})
		kept = append(kept, words[:min(limit, len(words))]...)
	}
	slices.SortFunc(kept, func(a, b word) int { return strings.Compare(a.text, b.text) })
	var out bytes.Buffer
	for i, w := range kept {
		if i == 0 || kept[i-1].text != w.text {
			fmt.Fprintln(&out, w.text, w.tag, w.frequency)
		}
	}
	return out.Bytes()
}

func isChinese(s string) bool {
	for _, r := range s {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return true
}

// isForeignName reports the tags of transliterated and historical persons,
// whom reports do not name.
func isForeignName(tag string) bool { return tag == "nrt" || tag == "nrfg" }
