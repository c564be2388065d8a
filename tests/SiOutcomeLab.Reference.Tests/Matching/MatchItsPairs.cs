namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>MatchIt's own pairs on lalonde, as row numbers.</summary>
internal static class MatchItsPairs
{
    public static IEnumerable<(int Treated, int Control)> Read(string method)
    {
        var table = ReferenceTable.Read($"pairs_{method}.csv");
        for (var i = 0; i < table.Count; i++)
        {
            var cells = table.Row(i);
            foreach (var control in cells.Skip(1).Where(cell => cell != "NA"))
            {
                yield return (Array.IndexOf(Lalonde.Ids, cells[0]), Array.IndexOf(Lalonde.Ids, control));
            }
        }
    }
}
