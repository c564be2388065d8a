using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Mutating;

/// <summary>All ways to change a file. To add one: a line here.</summary>
internal static class Mutations
{
    public static IReadOnlyList<Mutation> All { get; } =
    [
        new("footer number", true, (file, _, random) => InFooter(file, random, ChangeNumber)),
        new("footer structure", true, (file, _, random) => InFooter(file, random, ChangeStructure)),
        new("footer bytes", true, FooterBytes),
        new("footer length", true, FooterLength),
        new("page header number", true, (file, _, random) => InHeader(file, random, ChangeNumber)),
        new("page header structure", true, (file, _, random) => InHeader(file, random, ChangeStructure)),
        new("page bytes, checksum kept", false, (file, _, random) => InStored(file, random, signs: false)),
        new("page bytes, checksum made true", true, (file, _, random) => InStored(file, random, signs: true)),
        new("decompressed page bytes", true, (file, _, random) => InOpened(file, random, times: 1)),
        new("decompressed page bytes, twice", true, (file, _, random) => InOpened(file, random, times: 2)),
        new("encoding of a page", true, Encoding),
        new("codec of a chunk", true, Codec),
        new("type of a column", true, ColumnType),
        new("optional or required", true, Repetition),
        new("counts, all alike", true, Counts),
        new("sizes, all alike", true, Sizes),
        new("pages doubled, dropped, swapped", true, PageOrder),
        new("pages of another column or file", true, Splice),
        new("cut off", false, CutOff),
        new("any bytes", true, (file, _, random) => Chance.Damage(random, file)),
    ];

    private static byte[] InFooter(byte[] file, Random random, Action<ThriftNode, Random> change)
    {
        var model = FileModel.Parse(file);
        for (var hits = random.Next(4) == 0 ? 3 : 1; hits > 0; hits--) change(model.Footer, random);
        return model.Build(isTrue: false);
    }

    private static byte[] InHeader(byte[] file, Random random, Action<ThriftNode, Random> change)
    {
        var model = FileModel.Parse(file);
        change(AnyPage(model, random).Page.Header, random);
        return model.Build();
    }

    private static void ChangeNumber(ThriftNode root, Random random)
    {
        var numbers = root.All().Where(node => node.Type is ThriftType.I16 or ThriftType.I32 or ThriftType.I64).ToArray();
        if (numbers.Length == 0) return;
        var node = Chance.Of(random, numbers);
        node.Number = Chance.Number(random, node.Number);
        if (random.Next(10) == 0) node.PaddedTo = random.Next(1, 12);
    }

    private static void ChangeStructure(ThriftNode root, Random random)
    {
        var parents = root.All().Where(node => node.Children.Count > 0).ToArray();
        if (parents.Length == 0) return;
        var parent = Chance.Of(random, parents);
        var at = random.Next(parent.Children.Count);
        var (id, node) = parent.Children[at];
        switch (random.Next(9))
        {
            case 0:
                parent.Children.RemoveAt(at);
                break;
            case 1:
                parent.Children.Insert(random.Next(parent.Children.Count + 1), (id, node.Copy()));
                break;
            case 2:
                parent.Children[at] = (random.Next(1, 20), node);
                break;
            case 3:
                node.Type = (ThriftType)random.Next(1, 16);
                break;
            case 4:
                node.FalseLength = (ulong)Chance.Number(random, node.Children.Count + node.Bytes.Length);
                break;
            case 5:
                node.ElementType = (ThriftType)random.Next(16);
                break;
            case 6:
                node.Bytes = Chance.Damage(random, node.Bytes);
                break;
            case 7:
                // A value of somewhere else in its place.
                parent.Children[at] = (id, Chance.Of(random, root.All().ToArray()).Copy());
                break;
            default:
                // Nesting deeper than a reader should follow.
                var deep = new ThriftNode { Type = ThriftType.Struct };
                for (var depth = random.Next(1, 2000); depth > 0; depth--)
                {
                    var outer = new ThriftNode { Type = ThriftType.Struct };
                    outer.Children.Add((1, deep));
                    deep = outer;
                }

                parent.Children.Add((random.Next(20, 30), deep));
                break;
        }
    }

    private static byte[] FooterBytes(byte[] file, byte[] other, Random random)
    {
        var length = BitConverter.ToInt32(file, file.Length - 8);
        var footer = Chance.Damage(random, file[^(8 + length)..^8]);
        return [.. file[..^(8 + length)], .. footer, .. BitConverter.GetBytes(footer.Length), .. "PAR1"u8];
    }

    private static byte[] FooterLength(byte[] file, byte[] other, Random random) =>
        [.. file[..^8], .. BitConverter.GetBytes((uint)Chance.Number(random, BitConverter.ToInt32(file, file.Length - 8))), .. file[^4..]];

    private static byte[] InStored(byte[] file, Random random, bool signs)
    {
        var model = FileModel.Parse(file);
        var page = AnyPage(model, random).Page;
        if (signs)
        {
            page.Stored = Chance.Damage(random, page.Stored);
            page.Sign();
        }
        else if (page.Stored.Length > 0)
        {
            page.Stored = [.. page.Stored];
            page.Stored[random.Next(page.Stored.Length)] ^= (byte)(1 << random.Next(8));
        }

        return model.Build();
    }

    private static byte[] InOpened(byte[] file, Random random, int times)
    {
        var model = FileModel.Parse(file);
        var (chunk, page) = AnyPage(model, random);
        var opened = page.Open(chunk.Codec);
        for (; times > 0; times--) opened = Chance.Damage(random, opened);
        page.Close(opened, chunk.Codec);
        return model.Build();
    }

    private static byte[] Encoding(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var page = AnyPage(model, random).Page;
        var field = page.Type == PageType.DataV2 ? 4 : page.Type == PageType.Data && random.Next(3) == 0 ? 3 : 2;
        if (page.Body?.Field(field) is { } encoding) encoding.Number = random.Next(11);
        return model.Build();
    }

    private static byte[] Codec(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        Chance.Of(random, model.Chunks).Metadata.Field(4)!.Number = random.Next(9);
        return model.Build();
    }

    private static byte[] ColumnType(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var schema = model.Footer.Field(2)!.Children;
        var column = random.Next(1, schema.Count);
        var type = random.Next(8);
        schema[column].Node.Field(1)!.Number = type;
        for (var i = column - 1; i < model.Chunks.Count; i += schema.Count - 1) model.Chunks[i].Metadata.Field(1)!.Number = type;
        return model.Build();
    }

    private static byte[] Repetition(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var schema = model.Footer.Field(2)!.Children;
        schema[random.Next(1, schema.Count)].Node.Field(3)!.Number ^= random.Next(1, 4);
        return model.Build();
    }

    /// <summary>Every place that tells a chunk's rows tells the same other number: only the values can contradict it.</summary>
    private static byte[] Counts(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var groups = model.Footer.Field(4)!.Children;
        var columns = model.Footer.Field(2)!.Children.Count - 1;
        var group = random.Next(groups.Count);
        var old = groups[group].Node.Field(3)!.Number;
        var rows = Math.Clamp(Chance.Number(random, old), 0, int.MaxValue);
        groups[group].Node.Field(3)!.Number = rows;
        model.Footer.Field(3)!.Number += rows - old;
        foreach (var chunk in model.Chunks.Skip(group * columns).Take(columns))
        {
            chunk.Metadata.Field(5)!.Number = rows;
            var last = chunk.Pages[^1];
            if (last.Body is not { } body) continue;
            foreach (var id in last.Type == PageType.DataV2 ? new[] { 1, 3 } : [1])
            {
                if (body.Field(id) is { } field) field.Number += rows - old;
            }
        }

        return model.Build();
    }

    /// <summary>A page and its chunk declare the same other size: only the codec can contradict it.</summary>
    private static byte[] Sizes(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var page = AnyPage(model, random).Page;
        page.Header.Field(2)!.Number = Math.Clamp(Chance.Number(random, page.Header.Field(2)!.Number), 0, 300_000_000);
        return model.Build();
    }

    private static byte[] PageOrder(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var pages = Chance.Of(random, model.Chunks).Pages;
        var at = random.Next(pages.Count);
        switch (random.Next(3))
        {
            case 0:
                for (var copies = random.Next(1, 4); copies > 0; copies--) pages.Insert(random.Next(pages.Count + 1), pages[at].Copy());
                break;
            case 1:
                pages.RemoveAt(at);
                break;
            default:
                var with = random.Next(pages.Count);
                (pages[at], pages[with]) = (pages[with], pages[at]);
                break;
        }

        return model.Build();
    }

    private static byte[] Splice(byte[] file, byte[] other, Random random)
    {
        var model = FileModel.Parse(file);
        var donor = random.Next(2) == 0 ? FileModel.Parse(other) : model;
        var from = Chance.Of(random, donor.Chunks);
        var to = Chance.Of(random, model.Chunks);
        if (random.Next(2) == 0)
        {
            to.Pages.Clear();
            to.Pages.AddRange(from.Pages.Select(page => page.Copy()));
            if (random.Next(2) == 0) to.Metadata.Field(4)!.Number = (int)from.Codec;
        }
        else
        {
            to.Pages[random.Next(to.Pages.Count)] = Chance.Of(random, from.Pages).Copy();
        }

        return model.Build();
    }

    private static byte[] CutOff(byte[] file, byte[] other, Random random) => random.Next(3) switch
    {
        0 => file[..random.Next(file.Length)],
        1 => file[random.Next(1, file.Length)..],
        _ => [.. file[..random.Next(4, file.Length)], .. file[^random.Next(1, 12)..]],
    };

    private static (ChunkModel Chunk, PageModel Page) AnyPage(FileModel model, Random random)
    {
        var chunk = Chance.Of(random, model.Chunks);
        return (chunk, Chance.Of(random, chunk.Pages));
    }
}
