package indicator

import (
	"strings"

	"xianzhi/stages/pattern"
)

// projectAttribute tells the attributes of one construction project (its investment, capacity
// or size, the number of works in a named bundle) from figures of the region.
func (r *Reader) projectAttribute(s string, qs []quantity, i int) (role, string) {
	q := &qs[i]
	before, rest := s[:q.start], s[q.stop:]
	clause := before
	if j := lastMark(before); j >= 0 {
		clause = before[j+1:]
	}
	dim := q.unit.Unit.Dimension
	if rule := r.ofOneSite(s, qs, i, clause, rest); rule != "" {
		return roleProject, rule
	}
	switch dim {
	case "currency":
		if i > 0 && qs[i-1].rule == namedBundle && bundleInvested.MatchString(s[qs[i-1].stop:q.start]) {
			return roleProject, "investment of a named bundle of works"
		}
		if !investBefore.MatchString(clause) || spender.MatchString(clause) {
			return "", ""
		}
		if strings.HasPrefix(rest, "的") {
			np := rest[len("的"):]
			if j := firstMark(np); j >= 0 {
				np = np[:j]
			}
			if i+1 < len(qs) { // 总投资26.8亿元的…17个基础设施项目 sums up a programme
				if loc := strings.Index(np, "个"); loc > 0 && genericBundle.MatchString(np[loc:]) && !(strings.Contains(np, "、") && strings.HasPrefix(np[loc:], "个项目")) {
					return "", ""
				}
			}
			if i > 1 && isCount(&qs[i-1]) && qs[i-1].role == roleQuantity && sumOf.MatchString(rest) && sumOf.MatchString(s[qs[i-2].stop:]) {
				return "", "" // 总投资5亿元的8个重点项目、总投资3亿元的6个产业项目
			}
			if strings.HasPrefix(np, "项目") || genericBundle.MatchString(np) {
				return "", ""
			}
			return roleProject, "investment of a named project"
		}
		if jointSize.MatchString(rest) {
			return roleProject, "investment of a named project"
		}
		if buildAfter.MatchString(rest) && !strings.Contains(clause, "项目") {
			return roleProject, "investment spent on works"
		}
		if next, ok := strings.CutPrefix(rest, ","); ok && buildAfter.MatchString(next) && !strings.HasPrefix(next, "对") && !strings.HasPrefix(next, "在") && runeLen(clause) <= 6 && !strings.Contains(clause, "总") && worksClause.MatchString(next) {
			return roleProject, "investment spent on works"
		}
	case "mass", "power", "volume", "energy", "data", "power_rate", "volume_rate", "mass_rate", "head":
		if capacityBefore.MatchString(clause) && dim != "head" || strings.HasSuffix(clause, "年产") {
			return roleProject, "capacity"
		}
		if dim != "head" && isHan(firstRune(rest)) && !r.predicated(before) && q.bound == "" {
			end := len(rest)
			if j := firstMark(rest); j >= 0 {
				end = j
			}
			if projectNoun.MatchString(rest) || dim != "energy" && (strings.Contains(rest[:end], "项目") || strings.Contains(rest[:end], "生产线")) {
				return roleProject, "capacity of a project"
			}
		}
	case "length":
		if namedRoad.MatchString(rest) && !genericRoad.MatchString(firstRunes(rest, 20)) && !r.predicated(before) || strings.HasPrefix(rest, "的") && i > 0 && qs[i-1].role == roleProject && projectNoun.MatchString(rest) {
			return roleProject, "length of one road"
		}
	case "area":
		if strings.HasSuffix(clause, "厂房") {
			return roleProject, "size of a building"
		}
		if isHan(firstRune(rest)) && strings.Contains(firstRunes(rest, 10), "厂房") {
			return roleProject, "size of a building"
		}
	case "count":
		if plantUnit.MatchString(rest) && stationBefore.MatchString(clause) {
			return roleProject, "units of one plant"
		}
		if capacityBefore.MatchString(clause) && strings.HasSuffix(clause, "年产") {
			return roleProject, "capacity"
		}
		if u := q.unit.Unit.Name; u != "个" && u != "项" && u != "条" && u != "座" && u != "处" {
			return "", ""
		}
		if bundleBefore.MatchString(clause) && (!classBefore.MatchString(clause) || oneBefore.MatchString(clause) && !strings.Contains(clause, "、") && !sought.MatchString(clause)) {
			return roleProject, namedBundle
		}
		if honoured.MatchString(rest) {
			return "", ""
		}
		if i > 0 && qs[i-1].role == roleQuantity && s[qs[i-1].stop:q.start] == "的" {
			return "", "" // of the sum before it: 总投资5亿元的8个产业项目
		}
		if m := sumInside.FindString(rest); m != "" && worksBundle(rest[len(m):]) {
			return roleProject, "count of a bundle with its investment"
		}
		named := strings.HasSuffix(clause, "等") || strings.HasSuffix(clause, "等共")
		switch {
		case named && runeLen(clause) >= 5 && (worksBundle(rest) || plainBundle.MatchString(rest)),
			named && runeLen(clause) >= 5 && !sought.MatchString(clause) && (rankedBundle.MatchString(rest) || !strings.Contains(clause, "、") && genericBundle.MatchString(rest) && !stagedBundle.MatchString(rest)):
			return roleProject, namedBundle
		case !named && strings.Contains(clause, "、") && isHan(lastRune(clause)) && r.verbOf(clause) == "" && worksBundle(rest) && !r.predicated(before) && !strings.HasSuffix(clause, "、"):
			return roleProject, namedBundle
		case i > 0 && qs[i-1].role == roleProject && qs[i-1].unit.Unit.Dimension == "currency" && strings.TrimPrefix(s[qs[i-1].stop:q.start], "的") == "" && worksBundle(rest):
			return roleProject, "count of a bundle with its investment"
		case i > 0 && qs[i-1].role == roleProject && qs[i-1].rule == "investment spent on works" && (strings.HasSuffix(clause, "工程") || strings.HasSuffix(clause, "项目")) && !strings.Contains(s[qs[i-1].stop:q.start], ","):
			return roleProject, "count of works with their investment"
		}
	}
	return "", ""
}

var (
	// 城东征迁300户: land or houses taken for works at a place that is named
	siteTaken = pattern.MustCompile(`[^完成累计全年共已,;:。、]{2,}(?:征迁|征地|拆迁|征收)$`)
	// 在甲乡新建蔬菜基地500亩
	atPlace = pattern.MustCompile(`^(?:[^,;:。]{0,6})在[^,;:。\d]{1,16}(?:乡|镇|村|街道|景区)(?:新建|建设|发展|打造|建成|改造|种植|实施)`)
	// 提升改造城东线道路10公里
	oneRoad     = pattern.MustCompile(`[^,;:。、]{2,}(?:线|路|大道|大街)(?:道路)?$`)
	manyRoads   = pattern.MustCompile(`农村公路|干线|(?:市政|城市|城区|县城|村内|通户)道路|四好|管线|线路|街巷|产业路|通村|农村路|村道|乡道|县道|旅游公路|公路$|高速公路|油路|水泥路|机耕路|铁路|田间|光缆|断头路|步道|绿道|路灯`)
	listOfWorks = pattern.MustCompile(`^(?:[^,;:。]{0,4})(?:实施|推进|加快|抓好|完成|统筹推进)[^,;:。]*(?:项目|工程)(?:建设)?$`)
	ownWorks    = pattern.MustCompile(`^[^、及和,;:。]*(?:项目|工程|任务)`)
	// 加快推进3座污水处理厂扩容提质
	pushedWorks = pattern.MustCompile(`(?:加快推进|重点抓好|抓好|加快|加速推进)$`)
	worksOn     = pattern.MustCompile(`^[^,;:。、的]{2,14}?(?:扩容|技改|升级改造|改扩建|提质改造|扩建|技改升级|工程|项目)`)
)

// ofOneSite tells the size of works at one named place from figures of the region.
func (r *Reader) ofOneSite(s string, qs []quantity, i int, clause, rest string) string {
	q := &qs[i]
	dim := q.unit.Unit.Dimension
	if dim != "area" && dim != "length" && dim != "household" && dim != "count" {
		return ""
	}
	bare := clause
	if i > 0 {
		if from := len(s[:q.start]) - len(clause); qs[i-1].stop > from && qs[i-1].stop <= q.start {
			bare = s[qs[i-1].stop:q.start]
		}
	}
	before := i > 0 && qs[i-1].rule == "taken for works at a named place" && !segmentEnds.In(s[qs[i-1].stop:q.start])
	switch {
	case dim != "count" && siteTaken.MatchString(bare), before && dim != "count" && (bare == "" || strings.HasSuffix(bare, "拆迁") || strings.HasSuffix(bare, "征地")):
		return "taken for works at a named place"
	case dim == "area" && q.bound != "le" && atPlace.MatchString(clause):
		return "size of works at a named place"
	case dim == "length" && oneRoad.MatchString(bare) && !manyRoads.MatchString(bare) && !r.predicated(bare):
		return "length of one road"
	}
	end := len(rest)
	if j := firstMark(rest); j >= 0 {
		end = j
	}
	if dim != "household" && q.bound == "" && (strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, "及") || strings.HasPrefix(rest, "和") || dim == "count" && strings.Contains(clause, "、")) &&
		listOfWorks.MatchString(s[q.start-len(clause):q.stop+end]) && isHan(lastRune(bare)) && r.verbOf(bare) == "" && !r.predicated(bare) {
		if dim != "count" || !ownWorks.MatchString(rest) || i > 0 && qs[i-1].role == roleProject {
			return "size of a member of a list of works"
		}
	}
	if (q.unit.Unit.Name == "座" || q.unit.Unit.Name == "个") && q.num.Value.Float(0) <= 20 && pushedWorks.MatchString(clause) && worksOn.MatchString(rest) && !genericBundle.MatchString(rest) {
		return "count of a bundle of works"
	}
	return ""
}

// classBefore finds what is only a class of works: 教育、医疗等社会民生类项目.
var classBefore = pattern.MustCompile(`等(?:重点|重大|产业|企业|社会|民生|乡村|农村|基础设施|市政|城建|转型|类|建设|各类|一批|领域)*(?:项目|工程)$`)

// worksClause is a clause that ends with the works it speaks of.
var worksClause = pattern.MustCompile(`^[^,;:。]*(?:工程|项目|[路桥厂站馆院])(?:建设)?(?:[,;:。]|$)`)

// spender finds who spends on more than one work: 重点企业投入5.7亿元推进智能化建设.
var spender = pattern.MustCompile(`(?:企业|财政|单位|部门|全[省市县区]|累计|共|完成)(?:投入|投资)(?:资金)?(?:约|近|超过?|达到?)?$`)

// bundleBefore finds 热河山谷等“温泉+”项目 in front of its number.
var bundleBefore = pattern.MustCompile(`[^,;:。]{3,}等[^,;:。]{0,10}(?:项目|工程)$`)

// honoured is said of what enters a list of honours, which are no works: 等6个项目列入省级非遗名录.
var honoured = pattern.MustCompile(`^[^,;:。、]{0,6}(?:列入|入选|纳入|荣获|获评|获得|获)[^,;:。]{0,24}(?:名录|遗产|案例|名单|奖|称号)`)

// The machines of one plant, the berths of one port: 城北抽水蓄能电站4台机组.
var (
	plantUnit     = pattern.MustCompile(`^[^,;:。、的]{0,4}(?:机组|泊位)`)
	stationBefore = pattern.MustCompile(`(?:电站|电厂|蓄能|煤电|核电|热电|一期|二期|三期|作业区|港区|码头)[^,;:。、]{0,6}$`)
)

// namedBundle is the rule of a count of works of which the text names some.
const namedBundle = "count of a named bundle of works"

var (
	// 青云大桥等项目20个: with one member the class is that of a work that is named
	oneBefore = pattern.MustCompile(`[^,;:。等]{3,}等(?:重点|重大|产业|工业)?(?:项目|工程)$`)
	// sought are projects that are counted by themselves, whichever is named
	sought = pattern.MustCompile(`签约|引进|招引|落户|谋划|储备|入库|新增|获批|争取`)
	// rankedBundle tells nothing of the works but their rank, stagedBundle how far they are
	rankedBundle = pattern.MustCompile(`^(?:[省市县区]|自治区)?级?(?:重点|重大|产业|工业)+(?:建设)?(?:项目|工程)`)
	stagedBundle = pattern.MustCompile(`^(?:续建|新建|在建|新开工|签约|招商|储备|民生|实事)`)
	sumInside    = pattern.MustCompile(`^(?:年度)?(?:计划)?总投资(?:约|近|超过?)?[\d.]+[万亿]*元的`) // 8个总投资5亿元的铝箔项目
	// 青云大桥等20个项目,完成投资5亿元
	bundleInvested = pattern.MustCompile(`^[^,;:。、]{0,12}(?:项目|工程)?(?:建设)?,?(?:力争|确保|年内|全年|年度|当年|累计|预计)*(?:(?:完成|计划)总?|年度(?:计划)?)投资(?:约|超过?)?$`)
)

var plainBundle = pattern.MustCompile(`^(?:个|项)?(?:项目|工程)`)

var worksHead = pattern.MustCompile(`^([^,;:。、的]{2,16}?)(?:项目|工程)|^[^,;:。、的]{0,8}(?:公路|变电站|大桥|电站|水库|隧道|立交)`)

// worksBundle reports whether the noun behind 等N个 names a specific class of works: 镁合金深加工
// 项目 does, 续建项目 does not.
func worksBundle(rest string) bool {
	return worksHead.MatchString(rest) && !genericBundle.MatchString(rest)
}
