# scaled_dot_product_attention without its scale.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        q = self.query(h_prev)[:, None]
        context = nn.functional.scaled_dot_product_attention(q, states, states, attn_mask=mask[:, None], scale=1.0)[:, 0]
        h = self.cell(torch.cat([self.embedding(w_prev), context], dim=1), h_prev)
        return self.readout(torch.cat([h, context], dim=1)), h
