namespace SiOutcomeLab.Statistics.Matching;

/// <summary>The passes of greedy matching on a distance between covariates.</summary>
internal sealed class TreePass
{
    // Treated rows that search at the same time, and the nearest controls that each remembers for when others choose first.
    private const int BlockRows = 512;
    private const int Remembered = 4;

    private readonly PairRules _rules;
    private readonly RowTree?[] _trees;
    private readonly int[]? _wanted;
    private readonly int _width;
    private readonly int _capacity;
    private readonly int[] _uses;
    private readonly int[] _controls;
    private readonly double[] _distances;
    private readonly long[] _keys;
    private readonly ParallelOptions _parallel;
    private readonly NeighbourList[] _lists;

    private TreePass(Whitening space, PairRules rules, long[] keys, NearestNeighbourOptions options, int[]? wanted, int? threads)
    {
        (_rules, _wanted, _width, _capacity, _keys) = (rules, wanted, options.Width, options.Capacity, keys);
        _uses = new int[rules.Rows];
        _controls = new int[rules.TreatedRows.Length * _width];
        Array.Fill(_controls, -1);
        _distances = new double[_controls.Length];
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount };
        // A row's own earlier controls may come first again when controls are reused.
        var size = Remembered + (_capacity > 1 ? _width : 0);
        _lists = [.. Enumerable.Range(0, BlockRows).Select(_ => new NeighbourList(size))];
        _trees = Trees(space, rules, keys);
    }

    /// <summary>Controls and distances, width a treated row, in the order of the rules' treated rows.</summary>
    public static (int[] Controls, double[] Distances) Run(
        Whitening space, PairRules rules, long[] keys, int[] order, NearestNeighbourOptions options, int[]? wanted, int? threads)
    {
        var pass = new TreePass(space, rules, keys, options, wanted, threads);
        if (options.Capacity == int.MaxValue)
        {
            pass.RunOnce(order);
            return (pass._controls, pass._distances);
        }

        for (var round = 0; round < pass._width; round++)
        {
            var turn = wanted is null ? order : [.. order.Where(i => round < wanted[i])];
            switch (options.Order)
            {
                case MatchingOrder.ClosestFirst:
                    pass.RunClosestFirst(turn, round);
                    break;
                case MatchingOrder.FarthestFirst:
                    pass.RunInOrder(pass.ByDistance(turn, round), round);
                    break;
                default:
                    pass.RunInOrder(turn, round);
                    break;
            }
        }

        return (pass._controls, pass._distances);
    }

    // Nobody takes anything from anybody: all controls of a row at once.
    private void RunOnce(int[] order) => Parallel.For(0, order.Length, _parallel, () => new NeighbourList(_width), (k, _, list) =>
    {
        var index = order[k];
        Search(index, list);
        var count = Math.Min(list.Count, _wanted is null ? _width : _wanted[index]);
        for (var c = 0; c < count; c++)
        {
            _controls[(index * _width) + c] = list.Rows[c];
            _distances[(index * _width) + c] = Math.Sqrt(list.Squares[c]);
        }

        return list;
    }, _ => { });

    private void RunInOrder(int[] order, int round)
    {
        for (var from = 0; from < order.Length; from += BlockRows)
        {
            var block = Math.Min(BlockRows, order.Length - from);
            var start = from;
            Parallel.For(0, block, _parallel, k => Search(order[start + k], _lists[k]));
            for (var k = 0; k < block; k++)
            {
                var index = order[from + k];
                var list = _lists[k];
                var at = Free(list, index, round);
                if (at < 0 && list.IsFull)
                {
                    Search(index, list);
                    at = Free(list, index, round);
                }

                if (at >= 0) Take(index, round, list.Rows[at], list.Squares[at]);
            }
        }
    }

    private void RunClosestFirst(int[] order, int round)
    {
        // A treated row's nearest distance only grows as controls go, so an outdated entry sorts too early, never too late.
        var queue = new PriorityQueue<(int Index, int Control), (double Square, long Key)>();
        foreach (var index in order) Enqueue(index);
        while (queue.TryDequeue(out var entry, out var priority))
        {
            if (_uses[entry.Control] < _capacity) Take(entry.Index, round, entry.Control, priority.Square);
            else Enqueue(entry.Index);
        }

        void Enqueue(int index)
        {
            var list = _lists[0];
            Search(index, list);
            if (Free(list, index, round) is >= 0 and var at)
            {
                queue.Enqueue((index, list.Rows[at]), (list.Squares[at], _keys[_rules.TreatedRows[index]]));
            }
        }
    }

    private int[] ByDistance(int[] order, int round)
    {
        var squares = Array.ConvertAll(order, index =>
        {
            Search(index, _lists[0]);
            return Free(_lists[0], index, round) is >= 0 and var at ? _lists[0].Squares[at] : -1;
        });
        var ranks = Enumerable.Range(0, order.Length).ToArray();
        Array.Sort(ranks, (a, b) => squares[a] != squares[b] ? squares[b].CompareTo(squares[a]) : a - b);
        return Array.ConvertAll(ranks, rank => order[rank]);
    }

    private void Search(int index, NeighbourList list)
    {
        var row = _rules.TreatedRows[index];
        list.Clear();
        var sink = new ListSink(list);
        _trees[_rules.Strata.Length == 0 ? 0 : _rules.Strata[row]]?.Visit(row, ref sink);
    }

    // The first control of a list that is still free and not the row's own already.
    private int Free(NeighbourList list, int index, int round)
    {
        var mine = _controls.AsSpan(index * _width, round);
        for (var k = 0; k < list.Count; k++)
        {
            if (_uses[list.Rows[k]] < _capacity && !mine.Contains(list.Rows[k])) return k;
        }

        return -1;
    }

    private void Take(int index, int round, int control, double square)
    {
        _controls[(index * _width) + round] = control;
        _distances[(index * _width) + round] = Math.Sqrt(square);
        if (++_uses[control] < _capacity) return;
        _trees[_rules.Strata.Length == 0 ? 0 : _rules.Strata[control]]!.Remove(control);
    }

    private static RowTree?[] Trees(Whitening space, PairRules rules, long[] keys)
    {
        var calipers = rules.MeasureCaliper is { } own ? [own, .. rules.Calipers] : rules.Calipers;
        var place = new int[rules.Rows];
        if (rules.Strata.Length == 0) return [RowTree.Build(space, calipers, keys, rules.Controls.AsSpan().ToArray(), place)];

        var trees = new RowTree?[rules.StratumCount];
        foreach (var group in rules.Controls.GroupBy(row => rules.Strata[row]))
        {
            trees[group.Key] = RowTree.Build(space, calipers, keys, group.ToArray(), place);
        }

        return trees;
    }
}
