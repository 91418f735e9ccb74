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
var townLead = pattern.MustCompile(`^([^在于到、全带]{1,6}(?:镇|乡|办|街道|街道办))要?$`)

// addressee opens a clause that charges a town with what follows up to the next semicolon.
var addressee = pattern.MustCompile(`^([^在于到、]{1,6}(?:镇|乡|办|街道|新区|高新区|经开区|开发区|园区))要`)

// charged returns the town that a clause opens with and charges, "" for none.
func (l *lexicon) charged(c *clause) string {
	if c.has&charges == 0 {
		return ""
	}
	s := c.s
	if i := strings.Index(s, "要"); i < 0 || i > len("某某某某某某街道办") {
		return ""
	}
	if m := addressee.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// anybody is a body that is no one in particular.
var anybody = pattern.MustCompile(`^[各每与]|^企业|知名|高校|院校|有条件|县区|企业$|行业|地方|社会|央企|国企|民企|^集中区|^园区$|部门|投资者|资本`)

// otherFirms closes a list of enterprises: 甲、乙等龙头企业.
var otherFirms = pattern.MustCompile(`等[^、]{0,4}企业$`)

// leadOwner reads the body that a phrase's lead names; several are returned as spans of the lead.
func (l *lexicon) leadOwner(lead string) (string, [][2]int) {
	if lead == "" {
		return "", nil
	}
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
		list := body[:len(body)-len(otherFirms.FindString(body))]
		if first, _, _ := strings.Cut(list, "、"); companyWhole.MatchString(first) {
			list = strings.TrimSuffix(list, "等") // 宏运集团、恒泰科技等
		}
		if strings.Contains(list, "等") {
			return "", nil // 甲、乙等园区 are none
		}
		at := strings.Index(lead, list)
		if at < 0 {
			return "", nil // a sum stands within the list
		}
		for _, c := range cutTop(nil, lead, at, at+len(list), "、") {
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
// theirs elsewhere in it; of those it names in full (true) the short names.
func (r *Reader) brands(t *segment.Text) *words[bool] {
	out := &words[bool]{}
	r.firmsOf(out, t)
	for from := 0; ; {
		at := index(t.Folded[from:], "企业")
		if at < 0 {
			return out
		}
		at += from
		start := max(0, strings.LastIndex(t.Folded[:at], "。"))
		if from = index(t.Folded[at:], "。") + at; from < at {
			from = len(t.Folded)
		}
		if strings.Contains(t.Folded[start:from], "等") {
			r.brandsOf(out, t, start, from)
		}
	}
}

// firmWords are the ends of firms' names that leave no doubt, whatever a text says of them.
var firmWords = []string{"集团", "公司", "股份"}

// firmsOf collects the short names of the enterprises that a text names in full anywhere, as 宏运 of 宏运集团.
func (r *Reader) firmsOf(out *words[bool], t *segment.Text) {
	for _, word := range firmWords {
		for from := 0; ; {
			at := index(t.Folded[from:], word)
			if at < 0 {
				break
			}
			at += from
			from = at + len(word)
			r.shortName(out, t, at)
		}
	}
}

// shortFor reports whether what begins with a short name is the enterprise's: no place that shares it, and no
// longer name of another.
func (r *Reader) shortFor(brand, own string, p *piece, sector string) bool {
	rest := own[len(brand):]
	if communal[sector] || r.l.firm(own) > len(brand) || rest == "" && !p.listed && !strings.Contains(p.class, "项目") {
		return false
	}
	w, _ := r.l.bodies.prefix(rest)
	return w == "" && !ofPlace.MatchString(rest) && !site.MatchString(rest)
}

// shortName adds the name that ends at a place of a text.
func (r *Reader) shortName(out *words[bool], t *segment.Text, end int) {
	start := end
	for n := 0; n < 12 && start > 0; n++ {
		ch, size := utf8.DecodeLastRuneInString(t.Folded[:start])
		if strings.ContainsRune("、,。;:!?“”()的\n 0123456789", ch) {
			break
		}
		start -= size
	}
	start += len(beforeName.FindString(t.Folded[start:end]))
	start += r.l.placePrefix(t.Folded[start:end])
	if n := runes(t.Folded[start:end]); n < 2 || n > 4 {
		return
	}
	name := t.Folded[start:end]
	whole := clause{t: t, s: t.Folded}
	if doings.MatchString(name) || anybody.MatchString(name) || r.l.known(name) || r.l.opens(name) || r.l.bodies.Has(name) || r.placeName(&whole, start, end) || !r.proper(&whole, start, end) {
		return
	}
	out.add(name, true)
}

// brandsOf collects those of t.Folded[start:end].
func (r *Reader) brandsOf(out *words[bool], t *segment.Text, start, end int) {
	var cut cutWords
	for _, m := range companies.FindAllStringSubmatchIndex(t.Folded[start:end], -1) {
		for _, c := range cutTop(nil, t.Folded, start+m[2], start+m[3], "、") {
			c[0] += len(beforeName.FindString(t.Folded[c[0]:c[1]]))
			whole := &clause{t: t, s: t.Folded, cut: &cut}
			cut.spans, cut.tokens = cut.spans[:0], cut.tokens[:0]
			for end := c[1]; end > c[0]; end-- { // 宏运 of 宏运铝 too, which its cut tells
				name := t.Folded[c[0]:end]
				if utf8.ValidString(name) && runes(name) >= 2 && !doings.MatchString(name) && !r.l.known(name) && (end == c[1] || r.l.trade(t.Folded[end:c[1]]) && !r.placeName(whole, c[0], end)) && r.proper(whole, c[0], end) {
					out.add(name, false)
				}
			}
		}
	}
}

var spoken = pattern.MustCompile(`^(?:[^、]{0,6}?)(?:支持|鼓励|引导|引进|推进|推动|加快|实施|发挥|依托|以)+([^、]{3,10})`)

// spokenOf returns the enterprise that a clause opens with, "" for several, and whether there is
// one: 支持宏运科技攻关…, 宏运药业项目投产.
func (r *Reader) spokenOf(c *clause) (string, bool) {
	at := 0
	if m := spoken.FindStringSubmatchIndex(c.s); m != nil {
		at = m[2]
	}
	if n := r.company(c.s[at:]); n > 0 {
		if r.several(c.s[at+n:]) {
			return "", true
		}
		return c.s[at : at+n], true
	}
	const longest = 8
	for i, n := at, 0; n <= longest; n++ {
		w, kind := r.l.bodies.suffix(c.s[at:i])
		if w != "" && n-runes(w) >= 2 && kind < hospital && r.proper(c, at, i-len(w)) {
			if r.several(c.s[i:]) {
				return "", true
			}
			name := r.body(c, c.s[at:i])
			return name, name != ""
		}
		if i == len(c.s) {
			break
		}
		_, size := utf8.DecodeRuneInString(c.s[i:])
		i += size
	}
	return "", false
}

// several reports whether what stands behind a firm makes it one of several.
func (r *Reader) several(s string) bool { return among.MatchString(s) || others.MatchString(s) }

// among follows one of several that are spoken of, others closes a list of what several do.
var (
	among  = pattern.MustCompile(`^(?:、|等)`)
	others = pattern.MustCompile(`等[0-9一二三四五六七八九十]*[个项大]?[^、,]{0,6}(?:项目|工程)`)
)

var (
	placedAt    = pattern.MustCompile(`在[^、]{2,8}$`) // 宏运在青州
	joined      = pattern.MustCompile(`^[与由在]`)
	companyNext = pattern.MustCompile(`^(?:集团)?(?:有限)?公司|^集团`)
	companyEnd  = pattern.MustCompile(`^.{2,10}?(?:公司|集团)`)

	companyWhole = pattern.MustCompile(`^.{2,10}(?:公司|集团|科技|股份)$`)
)

// body is an owner without the words around it: 与中南大学, 宏康制药公司技改. It is "" for what is
// no one's name: a place, or a plain word.
func (r *Reader) body(c *clause, owner string) string {
	owner = placedAt.ReplaceAllLiteralString(joined.ReplaceAllLiteralString(owner, ""), "")
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
	if !r.someone(c, at, at+len(owner)) {
		return ""
	}
	return owner + companyNext.FindString(c.s[at+len(owner):])
}

// institution is what names of bodies besides firms end in.
var institution = pattern.MustCompile(`(?:大学|学院|研究院|研究所|实验室|医院|卫生院|保健院|疾控中心|学校|[0-9一二三四五六七八九十]中|中学|小学|新区|高新区|经开区|开发区|园区|机场|交易所|银行|合作社|供销社|联社|农场|电视台|协会|商会|局|委|办|镇|乡|街道)$`)

// someone reports whether a stretch names a body: by its end, or as a brand does.
func (r *Reader) someone(c *clause, start, end int) bool {
	name := c.s[start:end]
	if r.company(name) == len(name) {
		return true
	}
	if w, kind := r.l.bodies.suffix(name); w != "" && !r.l.opens(name) && len(w) < len(name) && (kind != trade || r.l.placePrefix(name[:len(name)-len(w)]) < len(name)-len(w)) {
		return true
	}
	if institution.MatchString(name) {
		return true
	}
	place := r.l.placePrefix(name)
	return r.l.firm(name[place:]) > 0 || r.brand(c, start+place, end) >= possible
}
