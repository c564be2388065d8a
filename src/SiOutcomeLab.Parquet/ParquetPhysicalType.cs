using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Parquet;

/// <summary>How a column's values are stored; the numbers are those of the file format (<c>parquet.thrift</c>, enum <c>Type</c>).</summary>
[SuppressMessage("Naming", "CA1720", Justification = "The file format's own type names.")]
public enum ParquetPhysicalType
{
    /// <summary>One bit a value; read as <see cref="bool"/>.</summary>
    Boolean = 0,

    /// <summary>32-bit signed integer, also the store of dates and of narrower and unsigned integers; read as <see cref="int"/>.</summary>
    Int32 = 1,

    /// <summary>64-bit signed integer, also the store of timestamps; read as <see cref="long"/>.</summary>
    Int64 = 2,

    /// <summary>Deprecated 12-byte timestamp; read as 12 raw bytes.</summary>
    Int96 = 3,

    /// <summary>IEEE 754 single; read as <see cref="float"/>.</summary>
    Float = 4,

    /// <summary>IEEE 754 double; read as <see cref="double"/>.</summary>
    Double = 5,

    /// <summary>Bytes of any length, also the store of strings; read through <see cref="BytesColumnReader"/>.</summary>
    ByteArray = 6,

    /// <summary>Bytes of one length for the whole column; read through <see cref="BytesColumnReader"/>.</summary>
    FixedLenByteArray = 7,
}
