package replica

import (
	"fmt"
	"strings"

	"infocus/crawler/replica/prose"
)

// Weight of what themes carry along unused, in bytes.
const (
	styleWeight  = 9000
	scriptWeight = 6000
)

// fillStyle makes rules that no element of the page uses, as frameworks have them.
func fillStyle(m Markup) string {
	dice := prose.NewDice(1, "style/"+string(m))
	names := []string{"lightbox", "carousel", "ticker", "accordion", "tooltip", "datepicker", "badge", "ribbon", "poll", "gallery"}
	parts := []string{"inner", "track", "handle", "caret", "label", "overlay", "item", "close"}
	rules := []string{
		"display:block", "position:absolute", "opacity:.%d", "margin:0 %dpx", "padding:%dpx 0", "z-index:%d",
		"line-height:1.%d", "border-radius:%dpx", "transition:all .%ds ease-in-out", "font-size:%dpx",
	}
	var b strings.Builder
	for b.Len() < styleWeight {
		fmt.Fprintf(&b, ".z%s-%s__%s{", m[:2], names[dice.Roll(len(names))], parts[dice.Roll(len(parts))])
		for range dice.Between(2, 5) {
			rule := rules[dice.Roll(len(rules))]
			if strings.Contains(rule, "%d") {
				rule = fmt.Sprintf(rule, dice.Between(2, 29))
			}
			b.WriteString(rule + ";")
		}
		b.WriteString("}\n")
	}
	return b.String()
}

// fillScript makes the settings that plug-ins print into pages, with phrases that are no chrome and no article.
func fillScript(m Markup) string {
	dice := prose.NewDice(2, "script/"+string(m))
	var b strings.Builder
	fmt.Fprintf(&b, "window.siteSettings={\"theme\":%q,\"strings\":{\"got_worse\":\"The situation got worse\","+
		"\"empty\":\"No articles for May 7 – May 13, 2018\"},\"assets\":[", m)
	for b.Len() < scriptWeight {
		fmt.Fprintf(&b, "{\"id\":%d,\"key\":\"%016x\",\"lazy\":%t},", dice.Roll(9000), dice.Next(), dice.Chance(50))
	}
	b.WriteString("null]};\n(function(d){var b=d.querySelectorAll('[data-share]');" +
		"for(var i=0;i<b.length;i++){b[i].onclick=function(){window.open(this.href);return false}}})(document);\n")
	return b.String()
}
