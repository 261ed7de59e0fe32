# language: zh-CN
功能: 越南 TikTok Shop 商责取消率（2025-06-29 版）

  七个自然日内，商责取消数除以全部订单数，须低于 2.5 %；10 %、30 %、50 % 起限单，满 30 单另加扣分。

  背景:
    假如 适用规则版本 tiktok_shop.vn.seller_fault_cancellations
    而且 所有时间均为 Asia/Ho_Chi_Minh 时间

  规则: cancellation_fault 取消是否计入商责

    场景大纲: 看谁取消、用什么原因
      假如 2025-08-01 08:00 买家下单
      而且 2025-08-02 08:00 <取消方>取消订单（原因代码 <原因>）
      当 在 2025-08-20 10:00 检查
      那么 规则 cancellation_fault 的归类为<归类>

      例子:
        | 取消方 | 原因                                            | 归类     |
        | 商家   | seller_cancel_reason_out_of_stock               | 商家责任 |
        | 商家   | seller_cancel_reason_wrong_price                | 商家责任 |
        | 商家   | seller_cancel_paid_reason_address_not_deliver   | 不计入   |
        | 平台   | system_cancel_order_reason_shipping_timeout     | 商家责任 |
        | 平台   | package_lost                                    | 不计入   |
        | 买家   | ecom_order_to_ship_canceled_reason_better_price | 买家责任 |

    场景: 没有原因代码就不下结论
      假如 2025-08-01 08:00 买家下单
      而且 2025-08-02 08:00 商家取消订单
      当 在 2025-08-20 10:00 检查
      那么 规则 cancellation_fault 无法判定，缺少数据：reason

  规则: seller_fault_rate 商责取消率

    场景大纲: 上限本身也算超过
      假如 2025-08-10 08:00 买家下单
      而且 2025-08-10 09:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      而且 另有 <正常> 个订单于 2025-08-10 10:00 下单
      而且 另有 <取消> 个订单于 2025-08-10 11:00 下单后由商家取消（原因代码 seller_cancel_reason_out_of_stock）
      当 在 2025-08-12 10:00 检查
      那么 规则 seller_fault_rate 的结论为<结论>，严重程度为<严重程度>

      例子:
        | 正常 | 取消 | 结论 | 严重程度 |
        | 39   | 0    | 违规 | 轻微     |
        | 40   | 0    | 合规 | 严重     |
        | 9    | 0    | 违规 | 严重     |
        | 10   | 0    | 违规 | 轻微     |
        | 261  | 28   | 违规 | 严重     |
        | 270  | 29   | 违规 | 极严重   |
        | 7    | 2    | 违规 | 极严重   |
        | 1    | 0    | 违规 | 极严重   |

    场景大纲: 只计最近七个自然日的订单
      假如 <下单> 买家下单
      而且 另有 1 个订单于 2025-08-16 09:00 下单
      当 在 2025-08-17 10:00 检查
      那么 规则 seller_fault_rate 计为 0 / <总数>

      例子:
        | 下单                | 总数 |
        | 2025-08-10 23:59:59 | 1    |
        | 2025-08-11 00:00    | 2    |
