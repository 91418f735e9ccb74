package refdata

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

type divisionCase struct {
	Name, Code                                 string
	Year                                       int
	Region, Short, Level, Prefecture, Province string
	From, To                                   int
	In                                         map[int]string
	Predecessors, Successors                   []string
}

func TestDivisions(t *testing.T) {
	file, err := os.ReadFile("testdata/cases/divisions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var cases []divisionCase
	decoder := yaml.NewDecoder(bytes.NewReader(file))
	decoder.KnownFields(true)
	if err := decoder.Decode(&cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) == 0 {
		t.Fatal("testdata/cases/divisions.yaml has no cases")
	}
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			d, ok := Divisions().Named(c.Code, c.Year)
			if !ok {
				t.Fatalf("%s is unknown", c.Code)
			}
			check := func(what, got, want string, stated bool) {
				if stated && got != want {
					t.Errorf("%s %q, want %q", what, got, want)
				}
			}
			check("name", d.Name, c.Region, true)
			check("level", string(d.Level), c.Level, true)
			check("short name", d.ShortName, c.Short, c.Short != "")
			check("prefecture", nameOf(d.Prefecture), c.Prefecture, c.Prefecture != "" || c.Level != "county" && c.Level != "district")
			check("province", nameOf(d.Province), c.Province, c.Province != "")
			check("first year", fmt.Sprint(d.From), fmt.Sprint(c.From), c.From != 0)
			check("last year", fmt.Sprint(d.To), fmt.Sprint(c.To), c.To != 0)
			check("predecessors", list(d.Predecessors()), strings.Join(c.Predecessors, " "), c.Predecessors != nil)
			check("successors", list(d.Successors()), strings.Join(c.Successors, " "), c.Successors != nil)
			for year, want := range c.In {
				code := ""
				if then, ok := d.In(year); ok {
					code = then.Code
				}
				check(fmt.Sprintf("code in %d", year), code, want, true)
			}
		})
	}
}

func nameOf(d *Division) string {
	if d == nil {
		return ""
	}
	return d.Name
}

func list(successions []Succession) string {
	var all []string
	for _, s := range successions {
		all = append(all, fmt.Sprintf("%s[%d]", s.Division.Code, s.Year))
	}
	return strings.Join(all, " ")
}

func TestHistoryIsSound(t *testing.T) {
	all := Divisions().All()
	if want := strings.Count(areacodesCSV, "\n") - 1 + 1; len(all) != want { // without the header, with the nation
		t.Errorf("%d divisions, want %d", len(all), want)
	}
	for i, d := range all {
		if i > 0 && all[i-1].Code == d.Code && (all[i-1].To == 0 || all[i-1].To > d.From) {
			t.Errorf("%s has two divisions in %d", d.Code, d.From)
		}
		for _, p := range []*Division{d.Province, d.Prefecture} {
			if p != nil && !p.InForce(d.From) {
				t.Errorf("%s %s of %d has the parent %s of another time", d.Code, d.Name, d.From, p.Name)
			}
		}
		for _, s := range d.Successors() {
			if !slices.Contains(s.Division.Predecessors(), Succession{d, s.Year}) {
				t.Errorf("%s succeeds %s, which does not precede it", s.Division.Code, d.Code)
			}
		}
		for _, year := range []int{1981, 1995, 2020, 2025} {
			then, ok := d.In(year)
			if !ok {
				continue
			}
			if back, ok := then.In(d.From); !ok || back != d || !then.InForce(year) {
				t.Errorf("%s %s of %d leads to %s of %d, which does not lead back", d.Code, d.Name, d.From, then.Code, year)
			}
		}
	}
}

func TestHistoryRefusesFaults(t *testing.T) {
	header := strings.Join(areacodesHeader, ",") + "\n"
	province := "140000,山西省,,山西省,省级,在用,1981,,\n"
	for fault, file := range map[string]string{
		"header":     "code,name\n1,2\n",
		"rows":       header,
		"code":       header + "14,山西省,,山西省,省级,在用,1981,,\n",
		"level":      header + "140000,山西省,,山西省,乡级,在用,1981,,\n",
		"first year": header + "140000,山西省,,山西省,省级,在用,?,,\n",
		"last year":  header + "140000,山西省,,山西省,省级,弃用,1990,1985,\n",
		"prefecture": header + province + "140823,山西省,运城市,闻喜县,县级,在用,2000,,\n",
		"province":   header + "140100,山西省,太原市,太原市,地级,在用,1981,,\n",
		"successor":  header + province + "140100,山西省,太原市,太原市,地级,弃用,1981,1990,140900\n",
		"year":       header + province + "140100,山西省,太原市,太原市,地级,在用,1981,,140000[?]\n",
	} {
		if _, err := parseHistory(file); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("a fault of the %s gives %v", fault, err)
		}
	}
}

func FuzzParseHistory(f *testing.F) {
	f.Add(strings.Join(areacodesHeader, ",") + "\n140000,山西省,,山西省,省级,在用,1981,,\n140100,山西省,太原市,太原市,地级,弃用,1981,1990,140000\n")
	f.Fuzz(func(t *testing.T, file string) {
		if h, err := parseHistory(file); err == nil && len(h.All()) == 0 {
			t.Fatal("neither divisions nor an error")
		}
	})
}
