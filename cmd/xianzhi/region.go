package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
	"xianzhi/stages/normalize/region"
)

func newRegionCommand() *cobra.Command {
	var (
		query  region.Query
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "region NAME",
		Short: "Show which region a name stands for",
		Long: "Show which region a name stands for, why, and which ones it could stand for. A name that fits\n" +
			"several regions equally well stands for none: say more with --year or --in.",
		Example: "  xianzhi region 怀仁县 --year 2018\n  xianzhi region 鼓楼区 --in 徐州",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("year") && query.Year <= 0 {
				return usageError{fmt.Errorf("%d is no year: give --year a year such as 2021", query.Year)}
			}
			query.Title = args[0] // the name is read like a headline
			match, _ := region.New().Resolve(query)
			if !asJSON {
				return printRegion(cmd.OutOrStdout(), match)
			}
			answer := regionAnswer{Why: match.Why, Candidates: []regionRow{}, regionRow: newRegionRow(match.Division)}
			for _, d := range match.Candidates {
				answer.Candidates = append(answer.Candidates, newRegionRow(d))
			}
			enc := json.NewEncoder(cmd.OutOrStdout())
			enc.SetEscapeHTML(false)
			return enc.Encode(answer)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&query.Year, "year", 0, "year in which the name is used; without it the region in force, or the last of the name")
	flags.StringVar(&query.Within, "in", "", "province, prefecture or other place that the region is part of")
	flags.BoolVar(&asJSON, "json", false, "print a JSON object with the columns of the table counties")
	return cmd
}

// regionAnswer is what a name resolves to; all columns are null when that is not decided.
type regionAnswer struct {
	regionRow
	Why        string      `json:"why"`
	Candidates []regionRow `json:"candidates"`
}

// regionRow has columns of the table counties and the code of 2020.
type regionRow struct {
	Code           schemas.Optional[string] `json:"region_code"`
	Name           schemas.Optional[string] `json:"name"`
	Level          schemas.Optional[string] `json:"level"`
	PrefectureCode schemas.Optional[string] `json:"prefecture_code"`
	Prefecture     schemas.Optional[string] `json:"prefecture"`
	ProvinceCode   schemas.Optional[string] `json:"province_code"`
	Province       schemas.Optional[string] `json:"province"`
	ValidFrom      schemas.Optional[int]    `json:"valid_from"`
	ValidTo        schemas.Optional[int]    `json:"valid_to"`
	Code2020       schemas.Optional[string] `json:"region_code_2020"`
}

func newRegionRow(d *refdata.Division) regionRow {
	if d == nil {
		return regionRow{}
	}
	r := regionRow{Code: schemas.Some(d.Code), Name: schemas.Some(d.Name), Level: schemas.Some(string(d.Level)),
		ValidFrom: schemas.Some(d.From), ValidTo: schemas.Optional[int]{Value: d.To, Valid: d.To != 0}}
	if p := d.Prefecture; p != nil {
		r.PrefectureCode, r.Prefecture = schemas.Some(p.Code), schemas.Some(p.Name)
	}
	if p := d.Province; p != nil {
		r.ProvinceCode, r.Province = schemas.Some(p.Code), schemas.Some(p.Name)
	}
	if then, ok := d.In(2020); ok {
		r.Code2020 = schemas.Some(then.Code)
	}
	return r
}

func printRegion(w io.Writer, m region.Match) error {
	var b strings.Builder
	if m.Division != nil {
		b.WriteString(regionLine(m.Division) + "\n")
	} else {
		b.WriteString("undecided\n")
	}
	fmt.Fprintf(&b, "  why: %s\n", m.Why)
	if m.Division == nil || len(m.Candidates) > 1 {
		for _, d := range m.Candidates {
			b.WriteString("  candidate: " + regionLine(d) + "\n")
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// regionLine describes a region: 140823 闻喜县, county of 山西省 运城市, since 2000.
func regionLine(d *refdata.Division) string {
	line := fmt.Sprintf("%s %s, %s", d.Code, d.Name, d.Level)
	parents := ""
	for _, p := range []*refdata.Division{d.Province, d.Prefecture} {
		if p != nil {
			parents += " " + p.Name
		}
	}
	if parents != "" {
		line += " of" + parents
	}
	if d.To != 0 {
		return fmt.Sprintf("%s, %d to %d", line, d.From, d.To)
	}
	return fmt.Sprintf("%s, since %d", line, d.From)
}
