namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Stratum codes numbered densely from 0 in ascending order of code.</summary>
internal static class StratumIndex
{
    /// <summary>Dense numbers per row and how many there are; one stratum when there are no codes.</summary>
    public static (int[] Index, int Count) Of(ReadOnlySpan<int> codes)
    {
        if (codes.IsEmpty) return ([], 1);

        var distinct = codes.ToArray();
        Array.Sort(distinct);
        var count = 0;
        for (var i = 0; i < distinct.Length; i++)
        {
            if (i == 0 || distinct[i] != distinct[i - 1]) distinct[count++] = distinct[i];
        }

        var index = new int[codes.Length];
        for (var i = 0; i < index.Length; i++) index[i] = Array.BinarySearch(distinct, 0, count, codes[i]);
        return (index, count);
    }
}
