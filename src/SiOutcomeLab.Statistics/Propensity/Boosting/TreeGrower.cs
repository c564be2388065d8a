using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>
/// Grows one tree after another, level by level. Of two siblings the one with fewer rows is counted; the other is what the parent leaves.
/// All sums are of whole numbers, so neither blocks nor workers nor the way of counting change them.
/// </summary>
internal sealed class TreeGrower
{
    private readonly BoostingOptions _options;
    private readonly double[][] _cuts;
    private readonly int[] _splittable;
    private readonly nint[] _offsets;
    private readonly int _width;
    private readonly BinnedBlock[] _blocks;
    private readonly RowPartition[] _partitions;
    private readonly GradientPass _pass;
    private readonly BlockWorkers _workers;
    private readonly SplitSearch _search;
    private readonly ushort[][] _scratch;
    private readonly Stack<long[]> _spare = new();

    public TreeGrower(BoostingOptions options, DesignMatrix x, double[][] cuts, GradientPass pass, BlockWorkers workers)
    {
        (_options, _cuts, _pass, _workers) = (options, cuts, pass, workers);
        _splittable = [.. Enumerable.Range(0, cuts.Length).Where(j => cuts[j].Length > 0)];
        _offsets = new nint[cuts.Length];
        for (var j = 0; j < cuts.Length; j++, _width += 2 * (cuts[j - 1].Length + 1)) _offsets[j] = _width;
        _blocks = new BinnedBlock[(int)((x.Rows + BinnedBlock.Rows - 1L) / BinnedBlock.Rows)];
        _partitions = new RowPartition[_blocks.Length];
        workers.Run(_blocks.Length, (_, b) =>
        {
            _blocks[b] = new BinnedBlock(x, b * BinnedBlock.Rows, cuts);
            _partitions[b] = new RowPartition(_blocks[b].Count, 2 << options.MaximumDepth);
        });
        _search = new SplitSearch(options, pass.GradientUnit, pass.InformationUnit);
        _scratch = [.. Enumerable.Range(0, workers.Of(_blocks.Length)).Select(_ => new ushort[Math.Min(x.Rows, BinnedBlock.Rows)])];
    }

    /// <summary>Moves the log odds on by a tree, and takes derivatives and losses there.</summary>
    /// <param name="tree">The tree that was grown last, or null before the first.</param>
    /// <returns>−2 log likelihood of the rows to learn from, and of those held out.</returns>
    public (double Training, double HeldOut) Advance(RegressionTree? tree)
    {
        var losses = new (double Training, double HeldOut)[_blocks.Length];
        _workers.Run(_blocks.Length, (_, b) =>
        {
            var block = _blocks[b];
            if (tree is not null) Apply(tree, block, _partitions[b]);
            losses[b] = _pass.Run(block.Start, block.Count);
        });
        return (losses.Sum(loss => loss.Training), losses.Sum(loss => loss.HeldOut));
    }

    /// <summary>Grows a tree on the present derivatives.</summary>
    /// <param name="number">Which tree it is, from 0.</param>
    public RegressionTree Grow(int number)
    {
        if (_options.RowShare < 1) LeaveRowsOut(number);
        var columns = Columns(number);
        var tree = new RegressionTree();
        List<OpenNode> open = [Root()];
        for (var depth = 1; open.Count > 0; depth++)
        {
            var splits = new Split?[open.Count];
            var level = open;
            _workers.Run(open.Count, (_, i) => splits[i] = _search.Best(level[i].Sums, _offsets, columns, level[i].Total));
            open = Divide(tree, level, splits, last: depth == _options.MaximumDepth);
        }

        return tree;
    }

    private List<OpenNode> Divide(RegressionTree tree, List<OpenNode> level, Split?[] splits, bool last)
    {
        var divided = new List<(OpenNode Parent, Split Split, int Left)>();
        for (var i = 0; i < level.Count; i++)
        {
            var node = level[i];
            if (splits[i] is { } split)
            {
                var left = tree.Divide(node.Number, split, _cuts[split.Column][split.Bin]);
                tree.SetLeaf(left, _search.Leaf(split.Left));
                tree.SetLeaf(left + 1, _search.Leaf(Rest(node.Total, split.Left)));
                if (!last)
                {
                    divided.Add((node, split, left));
                    continue;
                }
            }
            else
            {
                tree.SetLeaf(node.Number, _search.Leaf(node.Total));
            }

            _spare.Push(node.Sums);
        }

        if (divided.Count == 0) return [];
        _workers.Run(_blocks.Length, (worker, b) =>
        {
            foreach (var (parent, split, left) in divided)
            {
                _partitions[b].Divide(parent.Number, left, _blocks[b].Column(split.Column), split.Bin, _scratch[worker]);
            }
        });
        int[] counted = [.. divided.Select(d => Rows(d.Left) <= Rows(d.Left + 1) ? d.Left : d.Left + 1)];
        var sums = Count(counted);
        var children = new List<OpenNode>(2 * divided.Count);
        for (var i = 0; i < divided.Count; i++)
        {
            var (parent, split, left) = divided[i];
            GradientHistogram.Subtract(sums[i], parent.Sums);
            var (ofLeft, ofRight) = counted[i] == left ? (sums[i], parent.Sums) : (parent.Sums, sums[i]);
            children.Add(new OpenNode(left, split.Left, ofLeft));
            children.Add(new OpenNode(left + 1, Rest(parent.Total, split.Left), ofRight));
        }

        return children;
    }

    private OpenNode Root()
    {
        foreach (var partition in _partitions) partition.Reset();
        var sums = Count([0])[0];
        var (gradient, information) = (0L, 0L);
        var first = sums.AsSpan(0, 2 * (_cuts[0].Length + 1));
        for (var at = 0; at < first.Length; at += 2) (gradient, information) = (gradient + first[at], information + first[at + 1]);
        return new OpenNode(0, new NodeSums(gradient, information), sums);
    }

    // Each worker counts into its own; whole numbers add up to the same whoever counted what.
    private long[][] Count(int[] nodes)
    {
        var workers = _workers.Of(_blocks.Length);
        var counts = new long[workers][][];
        for (var w = 0; w < workers; w++) counts[w] = [.. nodes.Select(_ => Empty())];
        _workers.Run(_blocks.Length, (worker, b) =>
        {
            var (block, partition) = (_blocks[b], _partitions[b]);
            var packed = _pass.Packed.AsSpan(block.Start, block.Count);
            for (var i = 0; i < nodes.Length; i++)
            {
                if (nodes[i] == 0) GradientHistogram.Add(block, packed, _offsets, counts[worker][i]);
                else GradientHistogram.Add(block, partition.Rows(nodes[i]), packed, _offsets, counts[worker][i]);
            }
        });
        for (var w = 1; w < workers; w++)
        {
            for (var i = 0; i < nodes.Length; i++)
            {
                GradientHistogram.Add(counts[w][i], counts[0][i]);
                _spare.Push(counts[w][i]);
            }
        }

        return counts[0];
    }

    private long[] Empty()
    {
        if (!_spare.TryPop(out var sums)) return new long[_width];
        Array.Clear(sums);
        return sums;
    }

    private long Rows(int node)
    {
        var rows = 0L;
        foreach (var partition in _partitions) rows += partition.Count(node);
        return rows;
    }

    private static NodeSums Rest(NodeSums all, NodeSums part) =>
        new(all.Gradient - part.Gradient, all.Information - part.Information);

    // The last level's rows were not divided: their parents' splits tell them apart.
    private void Apply(RegressionTree tree, BinnedBlock block, RowPartition partition)
    {
        ApplyTo(0, 0);

        void ApplyTo(int number, int depth)
        {
            var nodes = tree.Nodes;
            var node = nodes[number];
            var odds = _pass.LogOdds.AsSpan(block.Start, block.Count);
            if (node.Left == 0)
            {
                foreach (var row in partition.Rows(number)) odds[row] += node.Value;
            }
            else if (depth < _options.MaximumDepth - 1)
            {
                ApplyTo(node.Left, depth + 1);
                ApplyTo(node.Left + 1, depth + 1);
            }
            else
            {
                var bins = block.Column(node.Column);
                var (left, right) = (nodes[node.Left].Value, nodes[node.Left + 1].Value);
                foreach (var row in partition.Rows(number)) odds[row] += bins[row] <= node.Bin ? left : right;
            }
        }
    }

    // A stream of its own per tree and block, so that the rows do not depend on who draws first.
    private void LeaveRowsOut(int tree) => _workers.Run(_blocks.Length, (_, b) =>
    {
        var random = ReplicateRandom.Resampling(_options.Seed, (tree * _blocks.Length) + b);
        var kept = (ulong)(_options.RowShare * 4_294_967_296);
        foreach (ref var packed in _pass.Packed.AsSpan(_blocks[b].Start, _blocks[b].Count))
        {
            if (random.Bits() >= kept) packed = 0;
        }
    });

    private int[] Columns(int tree)
    {
        var wanted = (int)Math.Ceiling(_options.ColumnShare * _splittable.Length);
        if (wanted == _splittable.Length) return _splittable;
        var random = ReplicateRandom.Resampling(_options.Seed, -1 - tree);
        int[] columns = [.. _splittable];
        for (var i = 0; i < wanted; i++)
        {
            var other = i + random.Below(columns.Length - i);
            (columns[i], columns[other]) = (columns[other], columns[i]);
        }

        Array.Resize(ref columns, wanted);
        Array.Sort(columns);
        return columns;
    }

    private sealed record OpenNode(int Number, NodeSums Total, long[] Sums);
}
