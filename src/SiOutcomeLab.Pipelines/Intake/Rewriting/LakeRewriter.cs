using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Pipelines.Custody;

namespace SiOutcomeLab.Pipelines.Intake.Rewriting;

/// <summary>
/// Writes a sent file anew for the lake: the same rows in the same order, persons re-keyed, in <see cref="LakeFileFormat"/>. The bytes depend
/// on the rows, the key and nothing else of the file. Takes the rows from the check as it decodes them (<see cref="CheckContext.Sink"/>),
/// or from a file by itself (<see cref="Rewrite"/>).
/// </summary>
public sealed class LakeRewriter : IBlockSink, IDisposable
{
    private const string PersonColumn = "person_id";
    private const int MostSamples = 10;

    private static readonly ParquetWriterOptions Options = new()
    {
        KeyValueMetadata = [new(LakeFileFormat.MetadataKey, LakeFileFormat.Current.ToString())],
        CreatedBy = "SiOutcomeLab lake",
    };

    private readonly SubmissionPart _part;
    private readonly PersonRekeyer _rekeyer;
    private readonly HashedOutput _output;
    private ParquetColumnBuffer[] _columns = [];
    private ParquetWriter? _writer;
    private byte[] _persons = [];
    private int[] _personBounds = [];
    private long _rows;
    private readonly List<long> _firstForbidden = [];
    private int _blockRows;

    // Whether a check beside this one tells what is wrong with the rows.
    private bool _isChecked = true;

    /// <summary>Begins a rewriting.</summary>
    /// <param name="part">Which of a submission's files it is.</param>
    /// <param name="target">Where to; written forward only, left open. What was written is void unless <see cref="File"/> is set.</param>
    /// <param name="rekeyer">Makes the lake's pseudonyms.</param>
    public LakeRewriter(SubmissionPart part, Stream target, PersonRekeyer rekeyer)
    {
        _part = part;
        _rekeyer = rekeyer;
        _output = new HashedOutput(target);
    }

    /// <summary>The persons whose rows may not come in; null for none.</summary>
    public ForbiddenPersons? Forbidden { get; init; }

    /// <summary>How many rows were about them.</summary>
    public long ForbiddenRows { get; private set; }

    /// <summary>The numbers of the first such rows, from 1; at most ten.</summary>
    public IReadOnlyList<long> FirstForbidden => _firstForbidden;

    /// <summary>The file, once it is whole; null before.</summary>
    public LakeFile? File { get; private set; }

    /// <summary>Rewrites a file without checking it, for files that have been checked before.</summary>
    /// <param name="source">The file; seekable, left open. Its pseudonyms are 64 hexadecimal digits.</param>
    /// <param name="part">Which of a submission's files it is.</param>
    /// <param name="target">Where to; left open.</param>
    /// <param name="rekeyer">Makes the lake's pseudonyms.</param>
    /// <param name="threads">Threads that work; the bytes do not depend on it.</param>
    /// <param name="cancellationToken">Asked once a block of rows.</param>
    /// <exception cref="ParquetFormatException">The file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A <c>person_id</c> is no pseudonym.</exception>
    public static LakeFile Rewrite(
        Stream source, SubmissionPart part, Stream target, PersonRekeyer rekeyer, int threads, CancellationToken cancellationToken)
    {
        using var reader = ParquetReader.Open(source, leaveOpen: true);
        using var rewriter = new LakeRewriter(part, target, rekeyer) { _isChecked = false };
        BlockScan.Read(reader, part, rewriter, threads, cancellationToken);
        return rewriter.File!;
    }

    /// <inheritdoc/>
    public void Begin(IReadOnlyList<ParquetColumn> columns)
    {
        ParquetColumnSpec[] specs = [.. columns.Select(Spec)];
        _columns = [.. specs.Select(spec => new ParquetColumnBuffer(spec, Options))];
        _writer = ParquetWriter.Create(_output, specs, Options, leaveOpen: true);
    }

    /// <inheritdoc/>
    public void Take(int column, ColumnBlock block)
    {
        var writer = _columns[column].Begin();
        switch (block)
        {
            case TextBlock persons when block.Column.Name == PersonColumn: WritePersons(writer, persons); break;
            case TextBlock texts: writer.WriteDistinct(texts.Codes, texts.EntryBytes, texts.EntryBounds); break;
            case NumberBlock<bool> numbers: Write(writer, numbers); break;
            case NumberBlock<int> numbers: Write(writer, numbers); break;
            case NumberBlock<long> numbers: Write(writer, numbers); break;
            case NumberBlock<float> numbers: Write(writer, numbers); break;
            case NumberBlock<double> numbers: Write(writer, numbers); break;
            default: throw new NotSupportedException($"Blocks of {block.GetType().Name} are not written.");
        }

        if (column == 0) _blockRows = block.Rows;
    }

    /// <inheritdoc/>
    public void EndBlock()
    {
        var group = _writer!.StartRowGroup();
        foreach (var column in _columns) group.WriteEncoded(column);
        _rows += _blockRows;
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _writer!.Close();
        File = new LakeFile(_output.Sha256(), _output.Length, _rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        _writer?.Dispose();
        _output.Dispose();
    }

    private ParquetColumnSpec Spec(ParquetColumn column)
    {
        var isOptional = !SubmissionColumns.IsRequired(_part, column.Name);
        if (column.Name == PersonColumn)
        {
            return new(PersonColumn, ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, isOptional, LakePersons.Bytes);
        }

        // What a number is, the catalogue says: annotations of width are the sender's matter.
        var logical = column.LogicalType == ParquetLogicalType.Date ? ParquetLogicalType.Date
            : column.IsText ? ParquetLogicalType.String
            : ParquetLogicalType.None;
        return new(column.Name, column.PhysicalType, logical, isOptional);
    }

    private static void Write<T>(ParquetRowGroupWriter writer, NumberBlock<T> block)
        where T : unmanaged => writer.WriteColumn(block.Values, block.Nulls == 0 ? default : block.Present);

    private void WritePersons(ParquetRowGroupWriter writer, TextBlock texts)
    {
        var bytes = texts.EntryCount * LakePersons.Bytes;
        if (_persons.Length < bytes)
        {
            _persons = new byte[bytes];
            _personBounds = [.. Enumerable.Range(0, texts.EntryCount + 1).Select(i => i * LakePersons.Bytes)];
        }

        var persons = _persons.AsSpan(0, bytes);
        for (var code = 0; code < texts.EntryCount; code++)
        {
            var place = persons.Slice(code * LakePersons.Bytes, LakePersons.Bytes);
            if (PseudonymText.TryDecode(texts.Entry(code), place)) continue;
            if (!_isChecked) throw new InvalidDataException("A file that was checked before holds a person_id that is not a pseudonym.");
            // The check tells of it, refuses the file, and this one with it.
            place.Clear();
        }

        _rekeyer.Rekey(persons, persons);
        if (Forbidden is { IsEmpty: false }) CountForbidden(texts.Codes, persons);
        writer.WriteDistinct(texts.Codes, persons, _personBounds.AsSpan(0, texts.EntryCount + 1));
    }

    private void CountForbidden(ReadOnlySpan<int> codes, ReadOnlySpan<byte> persons)
    {
        var isForbidden = new bool[persons.Length / LakePersons.Bytes];
        for (var code = 0; code < isForbidden.Length; code++)
        {
            isForbidden[code] = Forbidden!.Contains(persons.Slice(code * LakePersons.Bytes, LakePersons.Bytes));
        }

        if (!isForbidden.Contains(true)) return;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] < 0 || !isForbidden[codes[row]]) continue;
            ForbiddenRows++;
            if (_firstForbidden.Count < MostSamples) _firstForbidden.Add(_rows + row + 1);
        }
    }
}
