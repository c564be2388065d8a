namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Takes the means of two groupings out of columns by alternating projections (Gaure 2013, Computational Statistics and Data Analysis
/// 66, p. 8–18). A balanced panel is done after one round; the second only sees that nothing moves.
/// </summary>
internal sealed class WithinTransformation
{
    private const int MaximumRounds = 10_000;

    // Relative to the column's own size; what is left over is far under what a standard error shows.
    private const double Tolerance = 1e-12;

    private readonly Grouping _first;
    private readonly Grouping _second;

    public WithinTransformation(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        (_first, _second) = (new Grouping(first), new Grouping(second));
    }

    public Grouping First => _first;

    public Grouping Second => _second;

    /// <summary>Number of parameters that both groupings take.</summary>
    public int Parameters => _first.Count + _second.Count - 1;

    /// <summary>Transforms a column in place; false when the rounds were used up.</summary>
    public bool TryApply(double[] column)
    {
        var size = 0.0;
        foreach (var value in column) size = Math.Max(size, Math.Abs(value));
        for (var round = 0; round < MaximumRounds; round++)
        {
            var moved = Math.Max(_first.TakeMeans(column), _second.TakeMeans(column));
            if (moved <= Tolerance * size) return true;
        }

        return false;
    }

    /// <summary>Groups of rows, numbered from 0.</summary>
    internal sealed class Grouping
    {
        private readonly int[] _group;
        private readonly double[] _sums;
        private readonly int[] _sizes;

        public Grouping(ReadOnlySpan<int> labels)
        {
            var numbers = new Dictionary<int, int>();
            _group = new int[labels.Length];
            for (var i = 0; i < labels.Length; i++)
            {
                if (i > 0 && labels[i] == labels[i - 1]) _group[i] = _group[i - 1];
                else if (!numbers.TryGetValue(labels[i], out _group[i])) numbers.Add(labels[i], _group[i] = numbers.Count);
            }

            Count = numbers.Count;
            (_sums, _sizes) = (new double[Count], new int[Count]);
            foreach (var group in _group) _sizes[group]++;
        }

        public int Count { get; }

        /// <summary>Group of a row.</summary>
        public int this[int row] => _group[row];

        /// <summary>True when no group of this grouping has rows in two groups of the other.</summary>
        public bool IsWithin(Grouping other)
        {
            var outer = new int[Count];
            Array.Fill(outer, -1);
            for (var i = 0; i < _group.Length; i++)
            {
                ref var seen = ref outer[_group[i]];
                if (seen >= 0 && seen != other[i]) return false;
                seen = other[i];
            }

            return true;
        }

        /// <summary>Takes each group's mean off its rows and returns the largest one.</summary>
        public double TakeMeans(double[] column)
        {
            Array.Clear(_sums);
            for (var i = 0; i < column.Length; i++) _sums[_group[i]] += column[i];
            var largest = 0.0;
            for (var g = 0; g < Count; g++)
            {
                _sums[g] /= _sizes[g];
                largest = Math.Max(largest, Math.Abs(_sums[g]));
            }

            for (var i = 0; i < column.Length; i++) column[i] -= _sums[_group[i]];
            return largest;
        }
    }
}
