using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Words;

/// <summary>A number of things in words: one is not told as many.</summary>
internal static class Counted
{
    public static BilingualText Rows(long count) => Of(count, new("rad", "row"), new("rader", "rows"));

    public static BilingualText ObservationRows(long count) => Of(count, new("observationsrad", "observation row"), new("observationsrader", "observation rows"));

    public static BilingualText Persons(long count) => Of(count, new("person", "person"), new("personer", "persons"));

    public static BilingualText Participations(long count) => Of(count, new("deltagande", "participation"), new("deltaganden", "participations"));

    public static BilingualText Submissions(long count) => Of(count, new("leverans", "submission"), new("leveranser", "submissions"));

    public static BilingualText Years(long count) => Of(count, new("år", "year"), new("år", "years"));

    private static BilingualText Of(long count, BilingualText one, BilingualText many)
    {
        var (number, word) = (PlainNumber.Fixed(count, 0), count == 1 ? one : many);
        return new($"{number.Sv} {word.Sv}", $"{number.En} {word.En}");
    }
}
