package rollup

import (
	"fmt"
	"slices"

	"xianzhi/schemas"
	"xianzhi/schemas/refdata"
)

// Counties lists every code and period with the documents of the release counted. A document with
// a code that the history does not know is an error.
func Counties(docs []*schemas.Document) ([]schemas.County, error) {
	all := refdata.Divisions().All()
	rows := make([]schemas.County, len(all))
	at := make(map[*refdata.Division]*schemas.County, len(all))
	for i, d := range all {
		rows[i] = county(d)
		at[d] = &rows[i]
	}
	for _, doc := range docs {
		if !doc.RegionCode.Valid {
			continue
		}
		d, ok := division(doc)
		if !ok {
			return nil, fmt.Errorf("document %s (%s) has region code %s, which schemas/refdata/areacodes.csv does not know", doc.DocID, doc.Source, doc.RegionCode.Value)
		}
		row, year := at[d], doc.ReportYear
		row.Documents++
		if year.Valid {
			row.FirstReportYear = schemas.Some(min(year.Value, row.FirstReportYear.Or(year.Value)))
			row.LastReportYear = schemas.Some(max(year.Value, row.LastReportYear.Or(year.Value)))
		}
	}
	sortRows(rows, schemas.CountyTable)
	return rows, nil
}

func county(d *refdata.Division) schemas.County {
	row := schemas.County{
		RegionCode: d.Code, Name: d.Name, ShortName: d.ShortName, Level: string(d.Level),
		ValidFrom: validFrom(d), PredecessorCodes: codes(d.Predecessors()), SuccessorCodes: codes(d.Successors()),
		Predecessors: transfers(d.Predecessors()), Successors: transfers(d.Successors()),
	}
	row.ProvinceCode, row.Province = codeAndName(d.Province)
	row.PrefectureCode, row.Prefecture = codeAndName(d.Prefecture)
	if d.To != 0 {
		row.ValidTo = schemas.Some(int32(d.To))
	}
	return row
}

// validFrom is null for the nation, which is no row of the source.
func validFrom(d *refdata.Division) schemas.Optional[int32] {
	if d.Level == refdata.Nation {
		return schemas.Optional[int32]{}
	}
	return schemas.Some(int32(d.From))
}

func codeAndName(d *refdata.Division) (code, name schemas.Optional[string]) {
	if d == nil {
		return code, name
	}
	return schemas.Some(d.Code), schemas.Some(d.Name)
}

func codes(successions []refdata.Succession) []string {
	all := make([]string, 0, len(successions))
	for _, s := range successions {
		all = append(all, s.Division.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// transfers are successions as the source of the history writes them.
func transfers(successions []refdata.Succession) []string {
	all := make([]string, 0, len(successions))
	for _, s := range successions {
		all = append(all, fmt.Sprintf("%s[%d]", s.Division.Code, s.Year))
	}
	return all
}

// Crosswalk leads from every code and period to the code of the base year.
func Crosswalk(baseYear int) []schemas.Crosswalk {
	var rows []schemas.Crosswalk
	for _, d := range refdata.Divisions().All() {
		rows = append(rows, schemas.Crosswalk{RegionCode: d.Code, ValidFrom: validFrom(d), BaseYear: int32(baseYear), RegionCodeBase: codeIn(d, baseYear)})
	}
	sortRows(rows, schemas.CrosswalkTable)
	return rows
}

// codeIn is a division's code in a year by one-to-one succession, null otherwise.
func codeIn(d *refdata.Division, year int) schemas.Optional[string] {
	if then, ok := d.In(year); ok {
		return schemas.Some(then.Code)
	}
	return schemas.Optional[string]{}
}

// CodeIn is the code that a document's region has in a year, by one-to-one succession; null
// where there is none.
func CodeIn(d *schemas.Document, year int) schemas.Optional[string] {
	if of, ok := division(d); ok {
		return codeIn(of, year)
	}
	return schemas.Optional[string]{}
}
