package schemas

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// TableDoc is a table in the data dictionary.
type TableDoc struct {
	Name    string      `json:"name"`
	Doc     string      `json:"description"`
	Columns []ColumnDoc `json:"columns"`
}

// ColumnDoc is a column in the data dictionary.
type ColumnDoc struct {
	Name     string `json:"name"`
	Type     Type   `json:"type"`
	Nullable bool   `json:"nullable"`
	Doc      string `json:"description"`
}

// Dictionary describes every table of a release, in the order of the contract.
func Dictionary() []TableDoc {
	return []TableDoc{
		DocumentTable.Describe(), CountyTable.Describe(), IndicatorTable.Describe(), ProjectTable.Describe(),
		QuarantineTable.Describe(), PanelTable.Describe(), PanelSourceTable.Describe(), ConflictTable.Describe(),
		CoverageTable.Describe(), CrosswalkTable.Describe(),
	}
}

// LookupTable finds a table of the dictionary by name; the error lists the names there are.
func LookupTable(name string) (TableDoc, error) {
	var names []string
	for _, t := range Dictionary() {
		if t.Name == name {
			return t, nil
		}
		names = append(names, t.Name)
	}
	return TableDoc{}, fmt.Errorf("there is no table %q: use one of %s", name, strings.Join(names, ", "))
}

// Format is a form of the data dictionary.
type Format string

// The forms of the data dictionary.
const (
	FormatText     Format = "text"
	FormatJSON     Format = "json"
	FormatMarkdown Format = "markdown"
)

// WriteDictionary renders tables of the dictionary.
func WriteDictionary(w io.Writer, format Format, tables ...TableDoc) error {
	var b strings.Builder
	switch format {
	case FormatText:
		writeText(&b, tables)
	case FormatMarkdown:
		writeMarkdown(&b, tables)
	case FormatJSON:
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(tables); err != nil {
			return fmt.Errorf("cannot write the data dictionary as JSON: %w", err)
		}
	default:
		return fmt.Errorf("unknown format %q: use text, json or markdown", format)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeText(b *strings.Builder, tables []TableDoc) {
	for n, t := range tables {
		if n > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "%s: %s\n", t.Name, t.Doc)
		columns := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
		for _, c := range t.Columns {
			fmt.Fprintf(columns, "  %s\t%s\t%s\t%s\n", c.Name, c.Type, nullability(c), c.Doc)
		}
		columns.Flush() // into a strings.Builder: cannot fail
	}
}

func writeMarkdown(b *strings.Builder, tables []TableDoc) {
	cell := strings.NewReplacer("|", `\|`, "<", "&lt;").Replace
	for n, t := range tables {
		if n > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(b, "## %s\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n", t.Name, cell(t.Doc))
		for _, c := range t.Columns {
			typ := string(c.Type)
			if c.Nullable {
				typ += ", nullable"
			}
			fmt.Fprintf(b, "| %s | %s | %s |\n", c.Name, cell(typ), cell(c.Doc))
		}
	}
}

func nullability(c ColumnDoc) string {
	if c.Nullable {
		return "nullable"
	}
	return ""
}
