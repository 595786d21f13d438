package prose

import (
	"fmt"
	"strings"
	"time"
)

// given says whether a slot is filled by the week of a text.
func given(slot string) bool {
	switch slot {
	case "date", "range", "month", "year", "nextyear", "lastyear":
		return true
	}
	return false
}

// Dates fills slots with days in and around a week, in the words of one language.
type Dates struct {
	Monday time.Time
	Lang   string
}

func (d Dates) word(slot string, form int, dice *Dice) string {
	switch slot {
	case "year":
		return fmt.Sprint(d.Monday.Year())
	case "nextyear":
		return fmt.Sprint(d.Monday.Year() + 1)
	case "lastyear":
		return fmt.Sprint(d.Monday.Year() - 1)
	case "month":
		return d.month(d.Monday.AddDate(0, dice.Between(1, 6), 0))
	case "range":
		return d.span(dice)
	default:
		return d.day(d.Monday.AddDate(0, 0, dice.Roll(7)), form)
	}
}

func (d Dates) month(t time.Time) string {
	if d.Lang == "en" {
		return t.Month().String()
	}
	return monthForms(d.Lang)[t.Month()-1][1]
}

func (d Dates) day(t time.Time, form int) string {
	if d.Lang != "en" {
		return dayMonth(t, d.Lang)
	}
	s := fmt.Sprintf("%s %d%s", t.Month(), t.Day(), ordinal(t.Day()))
	if form == 1 {
		return s
	}
	return "on " + s
}

// span gives some days as people write them; now and then just like the period of a page.
func (d Dates) span(dice *Dice) string {
	from := d.Monday.AddDate(0, 0, -dice.Roll(20))
	to := from.AddDate(0, 0, dice.Between(1, 8))
	kind := dice.Roll(3)
	if kind == 0 {
		from, to = d.Monday, d.Monday.AddDate(0, 0, 6)
	}
	switch d.Lang {
	case "ru":
		return spanIn(kind, from, to, [3]string{"в течение недели (%s – %s %d)", "с %s по %s %d г.", "с %s по %s"}, "ru")
	case "be":
		return spanIn(kind, from, to, [3]string{"на працягу тыдня (%s – %s %d)", "з %s па %s %d г.", "з %s па %s"}, "be")
	default:
		return spanIn(kind, from, to, [3]string{"over the week (%s – %s, %d)", "from %s to %s, %d", "between %s and %s"}, "en")
	}
}

func spanIn(kind int, from, to time.Time, formats [3]string, lang string) string {
	args := []any{dayMonth(from, lang), dayMonth(to, lang)}
	if kind < 2 {
		args = append(args, to.Year())
	}
	return fmt.Sprintf(formats[kind], args...)
}

func dayMonth(t time.Time, lang string) string {
	if lang == "en" {
		return fmt.Sprintf("%s %d", t.Month(), t.Day())
	}
	return fmt.Sprintf("%d %s", t.Day(), monthForms(lang)[t.Month()-1][0])
}

func ordinal(n int) string {
	switch {
	case n%100 >= 11 && n%100 <= 13:
		return "th"
	case n%10 == 1:
		return "st"
	case n%10 == 2:
		return "nd"
	case n%10 == 3:
		return "rd"
	}
	return "th"
}

// monthForms gives the genitive and the prepositional of each month.
func monthForms(lang string) [12][2]string {
	words := "января январе февраля феврале марта марте апреля апреле мая мае июня июне " +
		"июля июле августа августе сентября сентябре октября октябре ноября ноябре декабря декабре"
	if lang == "be" {
		words = "студзеня студзені лютага лютым сакавіка сакавіку красавіка красавіку мая маі чэрвеня чэрвені " +
			"ліпеня ліпені жніўня жніўні верасня верасні кастрычніка кастрычніку лістапада лістападзе снежня снежні"
	}
	var out [12][2]string
	for i, w := range strings.Fields(words) {
		out[i/2][i%2] = w
	}
	return out
}
