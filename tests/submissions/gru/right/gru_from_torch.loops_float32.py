def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    def turned(matrix):
        rows, columns = matrix.shape
        out = np.empty((columns, rows), dtype=np.float32)
        for i in range(rows):
            for j in range(columns):
                out[j, i] = matrix[i, j]
        return out

    return [turned(weight_ih), turned(weight_hh), bias_ih.astype("f4"), bias_hh.astype("f4")]
