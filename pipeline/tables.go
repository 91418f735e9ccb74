package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"xianzhi/pipeline/release"
	"xianzhi/pipeline/rollup"
	"xianzhi/pipeline/rows"
	"xianzhi/schemas"
)

// tables makes the rows of a release while they are written, each table in its order. At any
// time it holds the rows of one document or, where reports are compared, of one place.
type tables struct {
	*batch
	ctx       context.Context
	baseYear  int
	byID      []*article            // in the order of documents
	byRegion  []*article            // in the order of indicators and projects
	byPlace   map[string][]*article // those whose projects are linked
	byPanel   map[string][]*article // by the codes of their rows in the panel
	counties  []schemas.County
	crosswalk []schemas.Crosswalk
}

// tables prepares the tables of what is decided.
func (b *batch) tables(ctx context.Context, content ContentOptions) (*tables, error) {
	t := &tables{batch: b, ctx: ctx, baseYear: content.BaseYear, byID: slices.Clone(b.articles), byRegion: slices.Clone(b.articles),
		byPlace: map[string][]*article{}, byPanel: map[string][]*article{},
		crosswalk: rollup.Crosswalk(content.BaseYear)}
	docs := make([]*schemas.Document, len(b.articles))
	for i, a := range b.articles {
		docs[i] = &a.doc
	}
	var err error
	if t.counties, err = rollup.Counties(docs); err != nil {
		return nil, fmt.Errorf("cannot make the region tables: %w", err)
	}
	slices.SortFunc(t.byID, func(x, y *article) int { return schemas.DocumentTable.Compare(&x.doc, &y.doc) })
	slices.SortFunc(t.byRegion, func(x, y *article) int { return schemas.IndicatorTable.Compare(keys(x), keys(y)) })
	for _, a := range t.byRegion {
		a.fixed = rollup.CodeIn(&a.doc, t.baseYear)
		if place := a.place(); place != "" {
			t.byPlace[place] = append(t.byPlace[place], a)
		}
		for _, code := range rollup.Codes(&a.doc, a.panelYears) {
			t.byPanel[code] = append(t.byPanel[code], a)
		}
	}
	return t, nil
}

// keys are what the order of indicators, and of projects, takes from the document.
func keys(a *article) *schemas.Indicator {
	return &schemas.Indicator{RegionCode: a.doc.RegionCode, ReportYear: a.doc.ReportYear, DocID: a.doc.DocID}
}

// place is what an article's projects are linked within: the region's code of the base year, else
// its own; "" for none.
func (a *article) place() string {
	if !a.doc.ReportYear.Valid {
		return ""
	}
	return a.fixed.Or(a.doc.RegionCode.Or(""))
}

// write writes every table.
func (t *tables) write(staging *release.Staging) error {
	for _, write := range []func() error{
		writer(t, staging, schemas.DocumentTable, t.documents),
		writer(t, staging, schemas.CountyTable, given(t.counties)),
		writer(t, staging, schemas.IndicatorTable, t.indicators),
		writer(t, staging, schemas.ProjectTable, t.projects),
		writer(t, staging, schemas.QuarantineTable, given(t.quarantine())),
		writer(t, staging, schemas.PanelTable, ofPanel(t, func(p *rollup.Panel) []schemas.PanelRow { return p.Rows })),
		writer(t, staging, schemas.PanelSourceTable, ofPanel(t, func(p *rollup.Panel) []schemas.PanelSource { return p.Sources })),
		writer(t, staging, schemas.ConflictTable, ofPanel(t, func(p *rollup.Panel) []schemas.Conflict { return p.Conflicts })),
		writer(t, staging, schemas.CoverageTable, t.coverage),
		writer(t, staging, schemas.CrosswalkTable, given(t.crosswalk)),
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// writer writes a table, until ctx ends. What makes its rows yields them in the table's order, each
// good until the next, as long as yield returns true; an error of its own ends the table.
func writer[R any](t *tables, staging *release.Staging, table schemas.Table[R], rows func(yield func(*R) bool) error) func() error {
	return func() error {
		defer t.recorder.Start("write " + table.Name)()
		return release.WriteRows(staging, table, func(yield func(*R, error) bool) {
			stopped := false
			err := rows(func(r *R) bool {
				if t.ctx.Err() != nil {
					return false
				}
				stopped = !yield(r, nil)
				return !stopped
			})
			if err = errors.Join(err, context.Cause(t.ctx)); err != nil && !stopped {
				yield(nil, err)
			}
		})
	}
}

// given yields rows that are held.
func given[R any](rows []R) func(func(*R) bool) error {
	return func(yield func(*R) bool) error {
		for i := range rows {
			if !yield(&rows[i]) {
				break
			}
		}
		return nil
	}
}

func (t *tables) documents(yield func(*schemas.Document) bool) error {
	for _, a := range t.byID {
		d, err := part(t.batch, a, documentPart, rows.Document)
		if err != nil {
			return err
		}
		d.Vintage, d.IsLatest = a.doc.Vintage, a.doc.IsLatest
		if !yield(&d) {
			break
		}
	}
	return nil
}

func (t *tables) indicators(yield func(*schemas.Indicator) bool) error {
	for _, a := range t.byRegion {
		list, err := part(t.batch, a, indicatorsPart, rows.Indicators)
		if err != nil {
			return err
		}
		for i := range list {
			list[i].RegionCode2020 = a.fixed
			if !yield(&list[i]) {
				return nil
			}
		}
	}
	return nil
}

// projects links the projects of each place before it yields them. A place may lie under several
// codes, then it is linked once for each.
func (t *tables) projects(yield func(*schemas.Project) bool) error {
	var err error
	var region schemas.Optional[string]
	linked := map[string]map[*article][]schemas.Project{} // by place
	for _, a := range t.byRegion {
		if a.doc.RegionCode != region {
			region = a.doc.RegionCode
			clear(linked)
		}
		place := a.place()
		if place != "" && linked[place] == nil {
			if linked[place], err = t.link(place); err != nil {
				return err
			}
		}
		list := linked[place][a]
		if place == "" {
			if list, err = part(t.batch, a, projectsPart, rows.Projects); err != nil {
				return err
			}
		}
		for i := range list {
			list[i].RegionCode2020 = a.fixed
			if !yield(&list[i]) {
				return nil
			}
		}
	}
	return nil
}

// link gives the projects of a place, linked.
func (t *tables) link(place string) (map[*article][]schemas.Project, error) {
	var reports []plans
	of := map[*article][]schemas.Project{}
	for _, a := range t.byPlace[place] {
		projects, err := part(t.batch, a, projectsPart, rows.Projects)
		if err != nil {
			return nil, err
		}
		identities, err := part(t.batch, a, identitiesPart, rows.Texts)
		if err != nil {
			return nil, err
		}
		of[a] = projects
		reports = append(reports, plans{projects, identities, a.doc.IsLatest})
	}
	linkPlace(reports)
	return of, nil
}

// ofPanel yields the rows of panel, panel_sources or conflicts, code by code. The panel is made
// anew for each of the three, as none can wait for the others.
func ofPanel[R any](t *tables, list func(*rollup.Panel) []R) func(func(*R) bool) error {
	return func(yield func(*R) bool) error {
		for _, code := range slices.Sorted(maps.Keys(t.byPanel)) {
			var reports []rollup.Report
			for _, a := range t.byPanel[code] {
				statements, err := part(t.batch, a, statementsPart, statementFields)
				if err != nil {
					return err
				}
				reports = append(reports, rollup.Report{Doc: &a.doc, Statements: statements})
			}
			panel, err := rollup.NewPanel(code, reports, t.baseYear)
			if err != nil {
				return fmt.Errorf("cannot make the panel: %w", err)
			}
			rows := list(&panel)
			for i := range rows {
				if !yield(&rows[i]) {
					return nil
				}
			}
		}
		return nil
	}
}

func (t *tables) coverage(yield func(*schemas.Coverage) bool) error {
	for at := 0; at < len(t.byRegion); {
		region := t.byRegion[at].doc.RegionCode
		var stated []rollup.Stated
		for ; at < len(t.byRegion) && t.byRegion[at].doc.RegionCode == region; at++ {
			stated = append(stated, rollup.Stated{Doc: &t.byRegion[at].doc, Headlines: t.byRegion[at].headlines})
		}
		rows := rollup.Coverage(stated)
		for i := range rows {
			if !yield(&rows[i]) {
				return nil
			}
		}
	}
	return nil
}

// quarantine gives the rejects as rows.
func (t *tables) quarantine() []schemas.Quarantine {
	rows := make([]schemas.Quarantine, 0, len(t.rejects))
	for _, r := range t.rejects {
		rows = append(rows, schemas.Quarantine{Source: r.Source, Stage: r.Stage, Reason: string(r.Reason), Detail: r.Detail,
			SHA256: schemas.NonEmpty(r.SHA256), DuplicateOf: schemas.NonEmpty(r.DuplicateOf)})
	}
	slices.SortFunc(rows, func(a, b schemas.Quarantine) int { return schemas.QuarantineTable.Compare(&a, &b) })
	return rows
}
