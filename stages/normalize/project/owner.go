package project

import (
	"strings"
	"unicode/utf8"

	"xianzhi/stages/pattern"
	"xianzhi/stages/segment"
)

// ownerLead and townLead are what stands before the verbs when a body is to act: 支持宏运科技建设…,
// 北安镇要启动….
var ownerLead = pattern.MustCompile(`^(?:积极|大力|全力)?(?:支持|鼓励|引导|推动|帮助|指导|督促|扶持|引进)+(.+?)(?:牵头|联合.*|与.*|和.*合作|加快|加强.*|继续|积极)?$`)
var townLead = pattern.MustCompile(`^([^在于到、全带]{1,6}(?:镇|乡|办|街道|街道办|区|县|市))要?$`)

// addressee opens a clause that charges a town with what follows up to the next semicolon.
var addressee = pattern.MustCompile(`^([^在于到、]{1,6}(?:镇|乡|办|街道))要`)

// anybody is a body that is no one in particular.
var anybody = pattern.MustCompile(`^[各每与]|^企业|知名|高校|院校|有条件|县区|企业$|行业|地方|社会|^集中区|部门|投资者|资本`)

// leadOwner reads the body that a phrase's lead names; several are returned as spans of the lead.
func (l *lexicon) leadOwner(lead string) (string, [][2]int) {
	m := ownerLead.FindStringSubmatch(paid.ReplaceAllLiteralString(lead, ""))
	if m == nil {
		if m = townLead.FindStringSubmatch(lead); m != nil {
			return m[1], nil
		}
		return "", nil
	}
	body := m[1]
	if strings.Contains(body, "、") {
		var spans [][2]int
		list := strings.TrimSuffix(body, "等企业")
		at := strings.Index(lead, list)
		if at < 0 {
			return "", nil // a sum stands within the list
		}
		for _, c := range cutTop(lead, at, at+len(list), "、") {
			if n := runes(lead[c[0]:c[1]]); n >= 2 && n <= 12 {
				spans = append(spans, c)
			}
		}
		return "", spans
	}
	if n := runes(body); n < 2 || n > 12 || anybody.MatchString(body) {
		return "", nil
	}
	return body, nil
}

// companies is a list that calls its members enterprises: 支持建昌、银河等骨干企业.
var companies = pattern.MustCompile(`((?:[^、,。;:!?“”()的]{2,10}、)*[^、,。;:!?“”()的]{2,10})等[^、,。;:!?“”()的]{0,8}企业`)

// beforeName is what may stand before the first name of such a list.
var beforeName = pattern.MustCompile(`^.*(?:支持|鼓励|引导|推动|依托|扶持|帮助|培育|壮大|吸引|引进|抓好|打造|发挥|督促|以)`)

// brands collects the enterprises that a text lists as such, so that their projects are known for
// theirs elsewhere in it.
func (r *Reader) brands(t *segment.Text) words[struct{}] {
	var out words[struct{}]
	for _, m := range companies.FindAllStringSubmatchIndex(t.Folded, -1) {
		for _, c := range cutTop(t.Folded, m[2], m[3], "、") {
			c[0] += len(beforeName.FindString(t.Folded[c[0]:c[1]]))
			whole := clause{t: t, s: t.Folded}
			for end := c[0] + 1; end <= c[1]; end++ { // 宏运 of 宏运铝 too
				name := t.Folded[c[0]:end]
				if utf8.ValidString(name) && runes(name) >= 2 && (end == c[1] || r.l.trade(t.Folded[end:c[1]]) && !r.placeName(whole, c[0], end)) && r.proper(whole, c[0], end) {
					out.add(name, struct{}{})
				}
			}
		}
	}
	return out
}

// enterprise finds the enterprise that a member's own words begin with: up to a body's end (宏运
// 药业), or, for plants and farms, what stands before the first word of a trade (瑞丰铝合金加工).
func (r *Reader) enterprise(c clause, m member, p piece, sector string, brands words[struct{}]) string {
	own := c.s[m.start:m.end]
	if brand, _ := brands.prefix(own); brand != "" {
		return brand
	}
	for i := range own + " " {
		w, _ := r.l.bodies.suffix(own[:i])
		hospital := sector == "health" && i < len(own) && strings.HasSuffix(own, "楼")
		if w == "" || runes(own[:i-len(w)]) < 2-len(w)/len("卫生院") || runes(own[:i]) > 10 || !hospital && !r.proper(c, m.start, m.start+i-len(w)) {
			continue
		}
		if _, k := r.l.head(own[:i]); (hospital || k != facility) && (i < len(own) && !partOfPlace.MatchString(own[i:]) || i == len(own) && p.listed) && (!r.placeName(c, m.start, m.start+i-len(w)) || capacityNext.MatchString(own[i:])) {
			return own[:i]
		}
	}
	if strings.HasPrefix(own, "年") {
		return "" // 年产…
	}
	if loc := capacityNext.FindStringIndex(own); loc == nil {
		if at := producing.FindStringSubmatchIndex(own); at != nil && r.mayOwn(c, m.start, m.start+at[3]) {
			return own[:at[3]]
		}
	}
	_, ownKind := r.l.head(own)
	bare := ownKind == "" && p.listed && p.tail == "" && runes(own) > 3
	listed := p.listed && strings.Contains(p.class, "项目") && ventures[sector] && !publicEnd.MatchString(own)
	if sector != "industry" && !listed && !strings.Contains(m.name, "养殖") && !(bare && (strings.Contains(p.class, "项目") || sector == "commerce_logistics")) {
		return ""
	}
	if w, _ := r.l.longestSector(own); runes(w) > 1 {
		return ""
	}
	for i := range own + " " {
		if runes(own[:i]) < 2 || i < len(own) && !r.l.trade(own[i:]) || i == len(own) && ownKind != "" {
			continue
		}
		if parkEnd.MatchString(own) || !r.mayOwn(c, m.start, m.start+i) {
			return ""
		}
		if invested := p.listed && strings.Contains(p.class, "项目"); !invested && !r.proper(c, m.start, m.start+i) {
			return ""
		}
		return own[:i]
	}
	return ""
}

// capacityNext is the size that a plant's name goes on with, producing a name before one: 宏运年产
// 5万吨铝箔, 恒泰百万头生猪养殖.
var (
	capacityNext = pattern.MustCompile(`^(?:年产|年加工|年处理|[0-9.]+[余多]?万?(?:吨|头|只|套|台|辆|GW|MW)|[百千]?万(?:吨|头|只))`)
	producing    = pattern.MustCompile(`^([^0-9、的“”()]{2,6}?)(?:年产|年加工|年处理|[0-9.]+[余多]?万?(?:吨|头|只|套|台|辆)|[百千]万(?:吨|头|只))`)
)

// mayOwn reports whether a stretch is short and no place or trade: what is left before a trade is
// then an enterprise.
func (r *Reader) mayOwn(c clause, start, end int) bool {
	name := c.s[start:end]
	if n := runes(name); n < 2 || n > 6 || strings.ContainsAny(name, "0123456789省市县区州、的“”—-") {
		return false
	}
	if _, k := r.l.head(name); k != "" {
		return false
	}
	return !strings.ContainsRune(placeRunes, lastRune(name)) && !r.l.known(name) && !r.placeName(c, start, end)
}

var spoken = pattern.MustCompile(`^(?:[^、]{0,6}?)(?:支持|鼓励|引导|引进|推进|推动|加快)+([^、]{3,10})`)

// spokenOf returns the enterprise that a clause opens with: 支持宏运科技攻关…, 宏运药业项目投产.
func (r *Reader) spokenOf(c clause) string {
	at := 0
	if m := spoken.FindStringSubmatchIndex(c.s); m != nil {
		at = m[2]
	}
	for i := range c.s[at:] + " " {
		w, _ := r.l.bodies.suffix(c.s[at : at+i])
		if n := runes(c.s[at : at+i]); w != "" && n-runes(w) >= 2 && n <= 8 && r.proper(c, at, at+i-len(w)) {
			return c.s[at : at+i]
		}
	}
	return ""
}

// ventures are the sectors besides industry in which a list of projects names mostly enterprises,
// publicEnd what their other names end in.
var (
	ventures  = map[string]bool{"energy": true, "digital": true, "commerce_logistics": true}
	publicEnd = pattern.MustCompile(`(?:[园区街城场站线庄网库]|中心|平台|电站|煤矿|风电|光伏|输变电|抽水蓄能|集群)(?:项目|工程)?$`)
)

// parkEnd is what names that begin with a place end in.
var parkEnd = pattern.MustCompile(`(?:园|园区|廊道|学院|研究院)(?:项目|工程)?$`)

// partOfPlace is what makes 青河食品 and 云山科技 part of a park's or a school's name.
var partOfPlace = pattern.MustCompile(`^(?:园|馆|城|谷|港|产业园|工业园|园区|小镇|职业|学院|大学|学校|技术|创新|生态|博览|交易|市场|基地|中心|走廊|新城|企业|行业)`)

// placeName reports whether a stretch is the name of a place as the dictionary has it.
func (r *Reader) placeName(c clause, start, end int) bool {
	tokens := r.words.Tokens(c.t, segment.Span{Start: c.span.Start + start, End: c.span.Start + end})
	return len(tokens) == 1 && tokens[0].Tag == "ns"
}

// trade reports whether s begins with a number or a word that is no proper name's.
func (l *lexicon) trade(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	w, _ := l.longestSector(s)
	return w != "" || isNumeral(first) || l.known(s)
}

// plain reports whether a stretch holds only words of two characters or more that the dictionary
// has and that are no names; ordinary allows a last one of one character, as 步行街 ends in.
func (r *Reader) plain(c clause, start, end int) (plain, ordinary bool) {
	tokens := r.words.Tokens(c.t, segment.Span{Start: c.span.Start + start, End: c.span.Start + end})
	for i, token := range tokens {
		switch short := runes(token.Text) == 1; {
		case isName(token.Tag), token.Tag == "m", token.Tag == "eng", short && (i == 0 || i < len(tokens)-1):
			return false, false
		case short:
			return false, true
		}
	}
	return true, true
}

// modifiers are characters that open ordinary nouns: 旧城, 老街.
const modifiers = "新旧老大小中高低东西南北各农城全水村县市区省国"

// opensWithName reports whether the first word of a stretch is a name, or none that the dictionary
// has.
func (r *Reader) opensWithName(c clause, start, end int) bool {
	tokens := r.words.Tokens(c.t, segment.Span{Start: c.span.Start + start, End: c.span.Start + end})
	if len(tokens) < 2 {
		return false
	}
	first := tokens[0]
	if r.l.known(c.s[start:end]) {
		return false
	}
	single := runes(first.Text) == 1 && runes(tokens[1].Text) == 1 && first.Tag != "m" && !strings.Contains(modifiers, first.Text)
	return single || isName(first.Tag) && runes(first.Text) > 1
}

// isName reports whether a part of speech is a proper name's, or unknown.
func isName(tag string) bool {
	return strings.HasPrefix(tag, "nr") || tag == "ns" || tag == "nt" || tag == "nz" || tag == "x"
}

var (
	joined      = pattern.MustCompile(`^[与由在]`)
	companyNext = pattern.MustCompile(`^(?:集团)?(?:有限)?公司|^集团`)
	companyEnd  = pattern.MustCompile(`^.{2,10}?(?:公司|集团)`)
)

// body is an owner without the words around it: 与中南大学, 济民制药公司技改. It is "" for what is
// no one's name, as a plain word that begins a project is: 金属 of 金属加工.
func (r *Reader) body(c clause, owner string) string {
	owner = joined.ReplaceAllLiteralString(owner, "")
	if end := companyEnd.FindString(owner); end != "" {
		owner = end
	}
	if runes(owner) < 2 || anybody.MatchString(owner) {
		return ""
	}
	at := strings.Index(c.s, owner)
	if at < 0 {
		return owner
	}
	start := c.span.Start + at
	tokens := r.words.Tokens(c.t, segment.Span{Start: start, End: start + len(owner)})
	if len(tokens) == 1 && !isName(tokens[0].Tag) && runes(owner) < 4 {
		return ""
	}
	return owner + companyNext.FindString(c.s[at+len(owner):])
}

// proper reports whether a stretch of a clause may be a proper name: it holds no plain word of two
// characters or more.
func (r *Reader) proper(c clause, start, end int) bool {
	own := c.s[start:end]
	if strings.ContainsAny(own, "0123456789“”()、的及") {
		return false
	}
	for _, token := range r.words.Tokens(c.t, segment.Span{Start: c.span.Start + start, End: c.span.Start + end}) {
		if runes(token.Text) > 1 && !isName(token.Tag) {
			return false
		}
	}
	return true
}
