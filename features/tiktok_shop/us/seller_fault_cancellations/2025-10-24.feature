# language: zh-CN
功能: 美国 TikTok Shop 商责取消率（2025-10-24 版）

  30 天内进入待发货的订单中，商责取消不得超过 2.5 %；商责只有六种原因。
  商家称“买家要求取消”却没有买家消息或申请在先的，算商责。

  背景:
    假如 适用规则版本 tiktok_shop.us.seller_fault_cancellations
    而且 所有时间均为 America/Los_Angeles 时间

  规则: cancellation_fault 取消是否计入商责

    场景大纲: 看谁取消、用什么原因
      假如 2025-12-01 08:00 买家下单
      而且 2025-12-02 08:00 <取消方>取消订单（原因代码 <原因>）
      当 在 2025-12-20 10:00 检查
      那么 规则 cancellation_fault 的归类为<归类>

      例子:
        | 取消方 | 原因                                                   | 归类     |
        | 商家   | seller_cancel_reason_out_of_stock                      | 商家责任 |
        | 商家   | seller_cancel_reason_wrong_price                       | 商家责任 |
        | 商家   | seller_cancel_paid_reason_address_not_deliver          | 不计入   |
        | 商家   | seller_cancel_paid_reason_buyer_requested_cancellation | 商家责任 |
        | 平台   | system_cancel_order_reason_shipping_timeout            | 商家责任 |
        | 平台   | package_lost                                           | 不计入   |
        | 买家   | ecom_order_to_ship_canceled_reason_better_price        | 买家责任 |

    场景: 没有原因代码就不下结论
      假如 2025-12-01 08:00 买家下单
      而且 2025-12-02 08:00 商家取消订单
      当 在 2025-12-20 10:00 检查
      那么 规则 cancellation_fault 无法判定，缺少数据：reason

    场景大纲: 买家先要求过，就不算商责
      假如 2025-12-01 08:00 买家下单
      而且 2025-12-01 09:00 <谁><经过>
      而且 2025-12-02 08:00 商家取消订单（原因代码 seller_cancel_paid_reason_buyer_requested_cancellation）
      当 在 2025-12-20 10:00 检查
      那么 规则 cancellation_fault 的归类为<归类>

      例子:
        | 谁   | 经过     | 归类     |
        | 买家 | 发出消息 | 不计入   |
        | 商家 | 发出消息 | 商家责任 |

    场景: 买家申请过取消也不算商责
      假如 2025-12-01 08:00 买家下单
      而且 2025-12-01 09:00 买家申请取消（申请号 R1）
      而且 2025-12-02 08:00 商家取消订单（原因代码 seller_cancel_paid_reason_buyer_requested_cancellation）
      当 在 2025-12-20 10:00 检查
      那么 规则 cancellation_fault 的归类为不计入

    场景: 清单里另外三种原因没有公布代码，其他平台代码不下结论
      假如 2025-12-01 08:00 买家下单
      而且 2025-12-02 08:00 平台取消订单（原因代码 some_other_code）
      当 在 2025-12-20 10:00 检查
      那么 规则 cancellation_fault 无法判定，数值未公布：other_fault_codes

  规则: seller_fault_rate 商责取消率

    场景大纲: 正好 2.5 % 不算超过
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-10 08:00 买家下单（状态为未支付）
      而且 2025-12-10 08:30 买家付款成功（状态为待发货）
      而且 2025-12-10 09:00 商家取消订单（原因代码 seller_cancel_reason_out_of_stock）
      当 在 <检查> 检查
      那么 规则 seller_fault_rate 计为 1 / 1
      并且 规则 seller_fault_rate 的结论为<结论>

      例子:
        | 检查             | 结论 |
        | 2025-12-12 10:00 | 违规 |
        | 2026-01-08 23:59 | 违规 |

    场景大纲: 样品和平台仓发货的订单不计
      假如 订单的样品标记为 <样品>
      而且 订单的履约方为 <履约>
      而且 2025-12-10 08:00 买家下单（状态为未支付）
      而且 2025-12-10 08:30 买家付款成功（状态为待发货）
      当 在 2025-12-12 10:00 检查
      那么 规则 seller_fault_rate 没有结论

      例子:
        | 样品 | 履约   |
        | 是   | 商家仓 |
        | 否   | 平台仓 |

    场景: 三十天以前进入待发货的订单不计
      假如 订单的样品标记为 否
      而且 订单的履约方为 商家仓
      而且 2025-12-10 08:00 买家下单（状态为未支付）
      而且 2025-12-10 08:30 买家付款成功（状态为待发货）
      当 在 2026-01-09 00:00 检查
      那么 规则 seller_fault_rate 没有结论
