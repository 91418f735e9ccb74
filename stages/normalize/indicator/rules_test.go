package indicator

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xianzhi/schemas/refdata"
	"xianzhi/stages/segment"
	"xianzhi/stages/stagetest"
)

// gap is a row whose example is read wrong today, with the reason.
type gap struct{ Row, Reason string }

// TestRules reads the example of every row of the rule tables. The rows of testdata/rules are
// known to be read wrong; one fails as soon as it is read right, so that the mark goes.
func TestRules(t *testing.T) {
	r := newReader(t)
	gaps := map[string]string{}
	for _, g := range stagetest.Cases[gap](t, "testdata/rules") {
		gaps[g.Row] = g.Reason
	}
	for _, table := range []struct {
		name, data string
		columns    int
		key        []int // the columns that tell the rows apart
		check      func(*testing.T, *Reader, []string) string
	}{
		{"predicates.csv", predicatesCSV, 5, []int{0}, checkPredicate},
		{"words.csv", wordsCSV, 3, []int{0, 1}, checkWord},
		{"codes.csv", codesCSV, 7, []int{0, 3}, checkCode},
		{"synonyms.csv", synonymsCSV, 2, []int{0}, checkSynonym},
	} {
		all, err := rows(table.name, table.data, table.columns)
		if err != nil {
			t.Fatal(err)
		}
		if len(all) == 0 {
			t.Fatalf("%s has no rows", table.name)
		}
		seen := map[string]bool{}
		for _, row := range all {
			key := ""
			for _, column := range table.key {
				key = strings.TrimSpace(key + " " + row[column])
			}
			wrong := table.check(t, r, row)
			if seen[key] {
				key, wrong = key+" again", "a second row of the same"
			}
			seen[key] = true
			reason, known := gaps[key]
			switch {
			case known && wrong == "":
				t.Errorf("%s: %s is read right now: take it out of testdata/rules (%s)", table.name, key, reason)
			case !known && wrong != "":
				t.Errorf("%s: %s: %s", table.name, key, wrong)
			}
			delete(gaps, key)
		}
	}
	for key := range gaps {
		t.Errorf("testdata/rules names %s, which is no row", key)
	}
}

// quantities reads an example as part of a report of 2021.
func quantities(t *testing.T, r *Reader, example string) []Found {
	t.Helper()
	text := segment.Split(example)
	found := r.Trace(text, 2021)
	checkFound(t, text, found)
	return slices.DeleteFunc(found, func(f Found) bool { return f.Role != Quantity })
}

// misread says how an example was read.
func misread(example string, found []Found) string {
	var got []string
	for _, f := range found {
		got = append(got, strings.Join([]string{f.Row.Name, f.Row.Measure, f.Row.IndicatorCode.Value}, " "))
	}
	return fmt.Sprintf("%s is read as %q", example, got)
}

func checkPredicate(t *testing.T, r *Reader, row []string) string {
	word, notAfter, example, measure := row[0], row[2], row[3], row[4]
	if !strings.Contains(example, word) {
		return example + " lacks the word"
	}
	if found := quantities(t, r, example); len(found) == 0 || found[0].Row.Measure != measure {
		return misread(example, found) + ", not as " + measure
	}
	if w, _ := r.lex.predicate(word); w != word {
		return "taken for " + w
	}
	for _, c := range notAfter {
		if w, _ := r.lex.predicate(string(c) + word); w == word {
			return "taken for a predicate behind " + string(c)
		}
	}
	return ""
}

func checkWord(t *testing.T, r *Reader, row []string) string {
	word, kind, example := row[0], class(slices.Index(classNames[:], row[1])), row[2]
	if !strings.Contains(example, word) {
		return example + " lacks the word"
	}
	found := quantities(t, r, example)
	if len(found) == 0 {
		return misread(example, found)
	}
	last := found[len(found)-1].Row
	coded := last.IndicatorCode.Valid
	good := false
	switch kind {
	case clsOpener, clsScope: // no part of the name
		bare := quantities(t, r, strings.TrimPrefix(example, word))
		good = len(bare) == len(found) && bare[0].Row.Name == last.Name && bare[0].Row.IndicatorCode == last.IndicatorCode
	case clsAction: // the verb of the name, unless it says a change
		good = strings.HasPrefix(last.Name, word) || coded || last.Measure == "change"
	case clsRelative: // completed by what was named before
		good = last.Name != word || coded
	case clsLevel:
		good = strings.HasPrefix(last.Name, word) && last.Name != found[0].Row.Name && len(last.Name) > len(word+"数量")
	case clsNoun: // begins with no verb
		good = r.verbAt(word) == "" && strings.HasPrefix(last.Name, word)
	case clsQuantity: // needs no 数量 or 面积 behind it
		good = strings.HasSuffix(last.Name, word) || coded || last.Measure == "growth"
	case clsTailStop: // the noun phrase behind the number ends in front of it
		bare := quantities(t, r, strings.TrimSuffix(example, word))
		good = len(bare) == 1 && bare[0].Row.Name == found[0].Row.Name
	}
	if !good {
		return misread(example, found)
	}
	return ""
}

func checkCode(t *testing.T, r *Reader, row []string) string {
	code, variant, example := row[0], row[3], row[6]
	if _, ok := refdata.Lookup(code); !ok {
		return "no code of the catalogue"
	}
	found := quantities(t, r, example)
	if !slices.ContainsFunc(found, func(f Found) bool {
		return f.Row.IndicatorCode.Value == code && f.Row.Variant.Value == variant
	}) {
		return misread(example, found)
	}
	return ""
}

func checkSynonym(_ *testing.T, r *Reader, row []string) string {
	p := &parser{Reader: r}
	if got, want := p.plainName(row[0]), p.plainName(row[1]); got != want {
		return "becomes " + got + ", not " + want
	}
	return ""
}
