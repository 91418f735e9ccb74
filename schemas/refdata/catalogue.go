package refdata

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed catalogue.csv
var catalogueCSV string

// Indicator is a row of the catalogue.
type Indicator struct {
	Code      string
	NameZH    string // canonical name
	Dimension string // currency, percent, count, mass, …
	Unit      string // unit of the panel's cells
	Panel     bool   // whether the panel has columns for it
	Domain    string
	Note      string // other names, separated by /, and remarks
}

var catalogueHeader = []string{"code", "name_zh", "dimension", "unit", "panel", "domain", "note"}

type catalogue struct {
	rows   []Indicator
	byCode map[string]Indicator
}

// The file is part of the program: a fault in it is a defect that the tests meet first.
var loadCatalogue = sync.OnceValue(func() catalogue {
	c, err := parseCatalogue(catalogueCSV)
	if err != nil {
		panic(err)
	}
	return c
})

func parseCatalogue(text string) (catalogue, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return catalogue{}, fmt.Errorf("schemas/refdata/catalogue.csv is no valid CSV: %w", err)
	}
	if len(records) < 2 || !slices.Equal(records[0], catalogueHeader) {
		return catalogue{}, fmt.Errorf("schemas/refdata/catalogue.csv must start with the header %s and have rows", strings.Join(catalogueHeader, ","))
	}
	c := catalogue{byCode: make(map[string]Indicator)}
	for _, r := range records[1:] {
		row := Indicator{Code: r[0], NameZH: r[1], Dimension: r[2], Unit: r[3], Panel: r[4] == "yes", Domain: r[5], Note: r[6]}
		if _, twice := c.byCode[row.Code]; twice || row.Code == "" || (r[4] != "yes" && r[4] != "") {
			return catalogue{}, fmt.Errorf("schemas/refdata/catalogue.csv: row %q needs a code of its own and yes or nothing under panel", strings.Join(r, ","))
		}
		c.byCode[row.Code] = row
		c.rows = append(c.rows, row)
	}
	return c, nil
}

// Catalogue returns the indicators in the order of the file. The slice is the caller's.
func Catalogue() []Indicator { return slices.Clone(loadCatalogue().rows) }

// Lookup returns the indicator with the given code.
func Lookup(code string) (Indicator, bool) {
	i, ok := loadCatalogue().byCode[code]
	return i, ok
}
