package pipeline

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"

	"xianzhi/schemas"
	"xianzhi/stages/normalize/project"
)

// How a later mention is told to continue an earlier one.
const (
	continuityYears = 5    // looked back
	minContinuity   = 0.6  // the least score, and the least likeness of the names
	otherSector     = 0.9  // factor
	slippedBack     = 0.8  // factor: to be begun last year, in preparation again this year
	eachYearBetween = 0.95 // factor
)

// progress orders the statuses of an undertaking.
var progress = map[string]int{"prelim": 0, "start": 1, "continue": 2, "complete": 3}

// mention is a project that may continue others or be continued.
type mention struct {
	row    *schemas.Project
	core   string
	latest bool // of the latest vintage of its report
}

// linkPlace fills continues and continues_score of the projects of one place: the likely earlier
// mention of the same undertaking in an earlier report. Of the vintages of a report the latest is
// preferred.
func linkPlace(reports []plans) {
	var mentions []mention
	for _, r := range reports {
		for i, core := range r.identities {
			if core != "" {
				mentions = append(mentions, mention{&r.projects[i], core, r.latest})
			}
		}
	}
	linkRegion(mentions)
}

// plans are the projects of a document.
type plans struct {
	projects   []schemas.Project
	identities []string // of each; "" where it tells no undertaking
	latest     bool     // of the latest vintage of its report
}

// linkRegion links the mentions of one region.
func linkRegion(mentions []mention) {
	slices.SortFunc(mentions, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.row.ReportYear.Value, b.row.ReportYear.Value), schemas.ProjectTable.Compare(a.row, b.row))
	})
	if n := len(mentions); n == 0 || mentions[0].row.ReportYear == mentions[n-1].row.ReportYear {
		return // no report goes before another
	}
	with := map[string][]int{} // the mentions that hold a pair of characters
	sizes := make([]int, len(mentions))
	shared := make([]int, len(mentions)) // pairs with mention i
	for i, m := range mentions {
		sizes[i] = utf8.RuneCountInString(m.core)
		var sharing []int
		for pair := range project.Pairs(m.core) {
			for _, j := range with[pair] {
				if shared[j] == 0 {
					sharing = append(sharing, j)
				}
				shared[j]++
			}
		}
		best, score := -1, 0.0
		for _, j := range sharing {
			n := shared[j]
			shared[j] = 0
			if 3*n < min(sizes[i], sizes[j]) { // too few to reach minContinuity
				continue
			}
			s := continuity(mentions[j], m)
			if s > score || s == score && s > 0 && nearer(mentions, j, best) {
				best, score = j, s
			}
		}
		if score >= minContinuity {
			m.row.Continues = schemas.Some(mentions[best].row.ProjectID)
			m.row.ContinuesScore = schemas.Some(math.Round(score*1000) / 1000)
		}
		if !m.row.SameAs.Valid {
			for pair := range project.Pairs(m.core) {
				if at := with[pair]; len(at) == 0 || at[len(at)-1] != i {
					with[pair] = append(at, i)
				}
			}
		}
	}
}

// nearer decides between mentions of the same score: the later report, its latest vintage, in it
// the first mention.
func nearer(mentions []mention, j, best int) bool {
	a, b := mentions[j], mentions[best]
	switch yearA, yearB := a.row.ReportYear.Value, b.row.ReportYear.Value; {
	case yearA != yearB:
		return yearA > yearB
	case a.latest != b.latest:
		return a.latest
	}
	return j < best
}

// continuity is how likely later goes on with earlier, 0 for what cannot be.
func continuity(earlier, later mention) float64 {
	gap := later.row.ReportYear.Value - earlier.row.ReportYear.Value
	if gap < 1 || gap > continuityYears {
		return 0
	}
	score := project.Alike(earlier.core, later.core)
	if score < minContinuity {
		return 0
	}
	from, to := progress[earlier.row.Status], progress[later.row.Status]
	switch {
	case from == progress["complete"] && to < progress["continue"]:
		return 0 // what was to be finished is not begun again
	case to < from:
		score *= slippedBack
	}
	if earlier.row.Sector != later.row.Sector {
		score *= otherSector
	}
	return score * math.Pow(eachYearBetween, float64(gap-1))
}
