package indicator

import (
	"strings"

	"xianzhi/stages/normalize/number"
	"xianzhi/stages/pattern"
	"xianzhi/stages/vocabulary"
)

// measure decides level, growth, change, share, rank or multiple, and the sign.
func (p *parser) measure(st *statement, tail string) {
	l, dim := &st.lead, st.q.unit.Unit.Dimension
	main := l.main()
	if rest, ok := strings.CutSuffix(st.name, "净增"); ok && rest != "" && main == effNone && !isCount(st.q) {
		st.name, main = rest, effUp // 地区生产总值净增7亿元
	}
	if of := balanceOf(st.name); of != "" && main == effNone {
		st.name, main = of, effUp // 新增贷款余额50亿元
	}
	natural := strings.HasSuffix(l.head, "自然增长率")
	rate := !natural && (strings.HasSuffix(l.head, "增速") || strings.HasSuffix(l.head, "增幅") || strings.HasSuffix(l.head, "增长率") || strings.HasSuffix(l.head, "涨幅") || strings.HasSuffix(l.head, "降幅"))
	if rate {
		cut := strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(st.name, "增速"), "增幅"), "增长率"), "涨幅"), "降幅")
		if cut != "" {
			st.name = cut
		}
	}
	if l.head == "确定" && dim == "percent" && growthGoal.MatchString(p.s[st.q.stop:]) {
		st.name, st.noun, st.verb = "地区生产总值", "地区生产总值", "" // 确定4.5%的增长目标
	}
	st.from = main == effFrom
	if dim == "percent" && main == effLevel && l.said("完成", "超额完成", "预计完成") && len(l.effects) > 0 && l.effects[0] == effLevel {
		l.completion, l.against = true, "计划" // 签约额…,完成226.4%
	}
	if l.completion {
		if st.name == "" {
			st.name = p.subject
		}
		if !strings.HasSuffix(st.name, "完成率") {
			st.name = strings.TrimSuffix(st.name, "完成") + "完成率"
		}
	}
	st.stock = st.stock || main == effTo || main == effHold || l.said("达到", "达", "突破", "首次突破", "超过", "首次超过", "为", "有", "达到了", "拥有", "共有", "已达", "已达到") || l.bound == "ge" && main == effLevel
	if main == effLevel && l.bound == "ge" && adds[st.verb] && !l.said("突破", "首次突破", "超过", "首次超过", "达到", "达") {
		st.stock = false // 这五年引进企业超800家
	}
	if l.has(effAvg) && main == effLevel {
		st.stock = false // 城镇新增就业年均超过46万人
	}
	st.summed = l.said("累计", "累计达", "累计完成", "累计达到", "共", "总共", "合计", "共计") || strings.Contains(l.head, "累计") || strings.Contains(p.s[p.clauseStart:st.q.start], "累计")
	st.neg = main == effDown
	object := ""
	if main == effNone || main == effLevel && p.lex.suffix(clsQuantity, l.head) == "" {
		object = firstChange(l.head)
		if object == "" && dim != "percent" && st.name == l.head {
			if name, verb := p.innerChange(l.head); verb != "" {
				object, st.name = verb, verb+name
			}
		}
	}
	if object == "" && l.linked && main == effNone && p.prior != nil && p.prior.object != "" && p.prior.q.unit.Unit.Dimension == dim {
		object = p.prior.object // 精简办事材料36.5%、办事环节35.2%
	}
	st.object = object
	switch {
	case st.q.num.Parts >= 3 && strings.Contains(p.s[:st.q.start], "产"):
		st.measure = "share"
		st.q.unit = p.units.Match("%")
		st.q.unit.Text = ""
		st.note("measure: structure of the three industries")
	case dim == "multiple":
		st.measure = "multiple"
		st.neg = false
		if st.q.num.Form == number.Doubling || strings.Contains(l.head, "是") || l.saidPart("是") || main == effLevel || main == effTo || main == effNone && l.based() {
			st.flags = append(st.flags, FlagRatioToBase)
		} else if main == effUp {
			st.flags = append(st.flags, FlagIncrement)
		}
		if c, ok := p.codeOf(st.name); ok && c.dimension("multiple") {
			st.measure = "level"
		}
	case st.q.rule == "rank":
		st.measure = "rank"
		if l.saidPart("占比") && !strings.HasSuffix(st.name, "占比") {
			st.name += "占比" // 发电量占比居全国第2位
		}
		if dim == "percent" { // 排名进入全国前30%
			l.bound = "le"
			break
		}
		st.q.unit = p.units.Match("位")
		st.q.unit.Text = firstRunes(p.s[st.q.end:], 1)
		if u := st.q.unit.Text; u != "位" && u != "名" {
			st.q.unit.Text = ""
		}
	case dim == "rank" || st.q.unit.Unit.Name == "位" && (main == effUp || main == effDown || main == effRank):
		st.measure = "rank"
		if main == effUp || main == effDown {
			st.measure = "change"
		}
	case dim == "points":
		st.measure = "change"
		st.note("measure: percentage points")
		if object != "" { // 提高森林覆盖率0.77个百分点
			st.neg = p.lex.effectOf(object) == effDown
			st.name = strings.TrimPrefix(st.name, object)
		}
	case dim == "percent" || dim == "permille":
		switch {
		case l.completion:
			st.measure = "share"
		case l.ofBase():
			st.measure = "share" // 是2019年的113.7%
			l.against = "基期"
			st.flags = append(st.flags, FlagRatioToBase)
		case object != "":
			st.measure = "growth"
			st.neg = p.lex.effectOf(object) == effDown
			st.name = strings.TrimPrefix(st.name, object)
			st.note("measure: ", object, " before its object")
		case main&(effUp|effDown|effRate) != 0 || rate || strings.HasPrefix(tail, "的增") || strings.HasPrefix(tail, "的速度") || l.has(effAvg) && avgOf.MatchString(tail) || strings.HasPrefix(tail, "增长") || main == effNone && l.has(effYoY) || main == effNone && l.has(effAvg):
			st.measure = "growth"
			if l.has(effAvg) || strings.Contains(l.head, "年均") || l.saidPart("年均") {
				st.measure = "avg_growth"
				st.name = strings.TrimSuffix(st.name, "年均")
			}
			if strings.HasPrefix(tail, "的降") {
				st.neg = true
			}
		default:
			st.measure = "share"
			if c, ok := p.codeOfList(st.name); ok {
				if c.dimension("percent") {
					st.measure = "level"
				} else if !c.share && !strings.HasSuffix(st.name, "率") && l.share == "" && !(st.inherits && p.prior.measure == "share") && !strings.HasPrefix(tail, "的") && !l.has(effShare) && (main == effNone || main&(effHold|effLevel) != 0) {
					st.measure = "growth" // 居民消费价格控制在3%左右, GDP 8%
				}
			}
		}
	case object != "":
		st.measure = "change"
		st.neg = p.lex.effectOf(object) == effDown
		if c, ok := p.codeOf(st.name); ok && c.flow { // 减少贫困人口 is counted, not subtracted
			st.measure, st.neg = "level", false
		} else {
			st.name = strings.TrimPrefix(st.name, object)
		}
		st.note("measure: ", object, " before its object")
	case (main == effUp || main == effDown) && !st.from:
		st.measure = "change"
		if c, ok := p.codeOf(st.name); ok && c.flow && st.noun != "" && l.head == "" {
			st.measure, st.neg = "level", false
		} else if st.counted && !l.said("增加", "减少", "精简", "压减", "净增加", "净增") {
			st.measure, st.neg = "level", false
		}
	default:
		st.measure = "level"
	}
	if st.from {
		st.neg = false
	}
	if dim == "percent" && st.measure != "change" {
		if c, ok := p.codeOf(st.name); ok && c.code == "cpi" {
			st.measure = "growth"
		}
	}
	if st.shared {
		st.measure = "share"
	} else if l.share != "" && (st.measure == "share" || st.measure == "change") {
		subject := st.name
		if subject == "" {
			subject = p.subject
		}
		st.noun = subject
		st.name = subject + "占" + strings.TrimSuffix(strings.TrimSuffix(l.share, "比重"), "比例") + "比重"
		st.note("measure: share of ", l.share)
	}
}

// adds are verbs of what is new.
var adds = map[string]bool{"引进": true, "新增": true, "净增": true, "新增加": true, "新登记": true, "新设": true, "新设立": true, "新注册": true, "新建": true, "引育": true, "新引进": true, "新认定": true, "新培育": true}

// growthGoal is what follows the rate in 确定4.5%左右的增长目标.
var growthGoal = pattern.MustCompile(`^的(?:经济)?增长(?:预期)?目标`)

// avgOf is what follows the rate in 实现年均7.9%的较快增长.
var avgOf = pattern.MustCompile(`^的[^,;。]{0,6}(?:增长|增速)`)

// firstChange returns the verb of change that begins a head with its object: 增加床位数,
// 压减产能.
func firstChange(head string) string {
	w, _ := changes.Prefix(head)
	if rest := head[len(w):]; w == "" || runeLen(rest) < 2 || strings.HasPrefix(rest, "到") || strings.HasPrefix(rest, "值") {
		return ""
	}
	return w
}

var changes = vocabulary.Of("增产", "增加", "提高", "延长", "压减", "压缩", "缩减", "精简", "减少", "降低", "缩短", "调减", "削减")

// innerChange splits 农民增加收入 into its subject and object around the verb of change.
func (p *parser) innerChange(head string) (name, verb string) {
	for _, w := range []string{"增加", "减少", "提高", "降低"} {
		i := lastIndex(head, w)
		if i < len("农民") || strings.HasSuffix(head[:i], "新") {
			continue
		}
		if object := head[i+len(w):]; runeLen(object) >= 2 && runeLen(object) <= 6 && p.lex.suffix(clsQuantity, object) != "" && p.verbAt(head[:i]) == "" {
			return head[:i] + object, w
		}
	}
	return "", ""
}

// based reports whether the lead names the base of a comparison.
func (l *lead) based() bool {
	for i := range l.times {
		if l.times[i].Base {
			return true
		}
	}
	return false
}

// ofBase reports whether a percentage is a ratio to the value of a base year.
func (l *lead) ofBase() bool {
	return (l.equals || l.based() && l.said("是", "为", "恢复到", "恢复至", "达到", "相当于")) && !l.has(effUp|effDown)
}

// saidPart reports whether any of the predicates holds a character.
func (l *lead) saidPart(part string) bool {
	for _, w := range l.words {
		if strings.Contains(w, part) {
			return true
		}
	}
	return false
}

// balanceOf is the balance that a name says was added to, "" if it names none.
func balanceOf(name string) string {
	for _, added := range []string{"新增", "净增"} {
		if !strings.HasPrefix(name, added) && !strings.HasSuffix(name, added) {
			continue
		}
		if rest := strings.TrimSuffix(strings.TrimPrefix(name, added), added); strings.HasSuffix(rest, "余额") {
			return rest
		}
	}
	return ""
}
